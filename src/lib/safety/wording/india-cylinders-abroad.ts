/** What guests in India are told of cylinders, in Spanish and French. */
import type { Told } from './india-cylinders.ts';

export const spanish: Told = {
  ambulance: 'Ambulancia',
  brigade: 'Bomberos',
  leak: 'Fuga de un cilindro',
  own: 'Nuestra línea de emergencia',
  ownPiped: 'Nuestra línea: gas por tubería',
  cylinder: {
    gas: {
      title: 'Actúe ya: regulador, aire, fuera, 1906',
      steps: [
        'Cierre el regulador del cilindro.',
        'Apague toda llama: cocina, lámpara, incienso.',
        'Abra puertas y ventanas.',
        'Salga con todos. El gas de cilindro se acumula a ras del suelo: aléjese de lugares bajos y desagües.',
        'Desde fuera llame al 1906. Después llámenos.'
      ],
      avoid: [
        'No encienda ni apague nada eléctrico, tampoco ventiladores.',
        'Nada de fósforos ni de fumar.',
        'No use el teléfono dentro.',
        'No mueva ni repare el cilindro.'
      ]
    },
    coStep: [
      'Salga ahora. Saque a quien esté inconsciente si puede hacerlo sin peligro.',
      'Abra puertas y ventanas al salir.',
      'Apague el calentador o la cocina solo si le queda de camino.',
      'Si alguien se siente mal, llame al 112. Después al 1906 y a nosotros.',
      'Quédese fuera hasta que alguien calificado diga que es seguro.'
    ],
    fire: {
      title: 'Salga y llame al 112',
      steps: [
        'Salga ahora con todos.',
        'Aléjese mucho del cilindro. Puede reventar.',
        'Llame al 112 para los bomberos. Después al 1906.',
        'No deje que otros se acerquen y espere ayuda.'
      ],
      avoid: ['No intente mover un cilindro que arde.', 'No vuelva a entrar.', 'No toque interruptores.']
    }
  },
  unknown: {
    gas: {
      steps: [
        'Cierre el regulador del cilindro, o la llave si tiene gas por tubería.',
        'Apague toda llama: cocina, lámpara, incienso.',
        'Abra puertas y ventanas.',
        'Salga con todos. El gas de cilindro se acumula a ras del suelo: aléjese de lugares bajos y desagües.',
        'Desde fuera llame al 1906 por un cilindro. Por gas de tubería, llámenos.'
      ],
      avoid: [
        'No encienda ni apague nada eléctrico, tampoco ventiladores.',
        'Nada de fósforos ni de fumar.',
        'No use el teléfono dentro.',
        'No mueva el cilindro. No vuelva a abrir el gas usted mismo.'
      ]
    },
    coStep: [
      'Salga ahora. Saque a quien esté inconsciente si puede hacerlo sin peligro.',
      'Abra puertas y ventanas al salir.',
      'Apague el calentador o la cocina solo si le queda de camino.',
      'Si alguien se siente mal, llame al 112. Después al 1906 por un cilindro, o a nosotros por gas de tubería.',
      'Quédese fuera hasta que alguien calificado diga que es seguro.'
    ],
    fireSteps: [
      'Salga ahora con todos.',
      'Aléjese mucho del fuego y de todo cilindro. Puede reventar.',
      'Llame al 112 para los bomberos. Después al 1906 por un cilindro, o a nosotros por gas de tubería.',
      'No deje que otros se acerquen y espere ayuda.'
    ]
  }
};

export const french: Told = {
  ambulance: 'Ambulance',
  brigade: 'Pompiers',
  leak: 'Fuite d’une bouteille',
  own: 'Notre ligne d’urgence',
  ownPiped: 'Notre ligne : gaz de ville',
  cylinder: {
    gas: {
      title: 'Agissez : détendeur, air, dehors, 1906',
      steps: [
        'Coupez le gaz au détendeur de la bouteille.',
        'Éteignez toute flamme : réchaud, lampe, encens.',
        'Ouvrez portes et fenêtres.',
        'Sortez avec tout le monde. Le gaz en bouteille s’accumule au sol : éloignez-vous des points bas et des bouches d’égout.',
        'De dehors, appelez le 1906. Puis appelez-nous.'
      ],
      avoid: [
        'N’allumez et n’éteignez rien d’électrique, pas même un ventilateur.',
        'Pas d’allumette, pas de cigarette.',
        'N’utilisez pas de téléphone à l’intérieur.',
        'Ne déplacez pas et ne réparez pas la bouteille.'
      ]
    },
    coStep: [
      'Sortez maintenant. Emmenez dehors toute personne inconsciente si vous pouvez le faire sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'Éteignez le chauffe-eau ou le réchaud seulement s’il est sur votre chemin.',
      'Si quelqu’un se sent mal, appelez le 112. Puis appelez le 1906, puis nous.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise qu’il n’y a plus de danger.'
    ],
    fire: {
      title: 'Sortez et appelez le 112',
      steps: [
        'Sortez maintenant avec tout le monde.',
        'Éloignez-vous le plus possible de la bouteille. Elle peut exploser.',
        'Appelez le 112 pour les pompiers. Puis appelez le 1906.',
        'Tenez les autres à distance et attendez les secours.'
      ],
      avoid: [
        'N’essayez pas de déplacer une bouteille qui brûle.',
        'Ne rentrez pas.',
        'Ne touchez pas aux interrupteurs.'
      ]
    }
  },
  unknown: {
    gas: {
      steps: [
        'Coupez le gaz au détendeur de la bouteille, ou à la vanne si vous avez le gaz de ville.',
        'Éteignez toute flamme : réchaud, lampe, encens.',
        'Ouvrez portes et fenêtres.',
        'Sortez avec tout le monde. Le gaz en bouteille s’accumule au sol : éloignez-vous des points bas et des bouches d’égout.',
        'De dehors, appelez le 1906 pour une bouteille. Pour le gaz de ville, appelez-nous.'
      ],
      avoid: [
        'N’allumez et n’éteignez rien d’électrique, pas même un ventilateur.',
        'Pas d’allumette, pas de cigarette.',
        'N’utilisez pas de téléphone à l’intérieur.',
        'Ne déplacez pas la bouteille. Ne rouvrez pas le gaz vous-même.'
      ]
    },
    coStep: [
      'Sortez maintenant. Emmenez dehors toute personne inconsciente si vous pouvez le faire sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'Éteignez le chauffe-eau ou le réchaud seulement s’il est sur votre chemin.',
      'Si quelqu’un se sent mal, appelez le 112. Puis appelez le 1906 pour une bouteille, ou nous pour le gaz de ville.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise qu’il n’y a plus de danger.'
    ],
    fireSteps: [
      'Sortez maintenant avec tout le monde.',
      'Éloignez-vous le plus possible du feu et de toute bouteille. Elle peut exploser.',
      'Appelez le 112 pour les pompiers. Puis appelez le 1906 pour une bouteille, ou nous pour le gaz de ville.',
      'Tenez les autres à distance et attendez les secours.'
    ]
  }
};
