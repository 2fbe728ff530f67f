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
        'Salga con todos. El gas de cilindro baja: aléjese de lugares bajos y desagües.',
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
        'Salga con todos. El gas de cilindro baja: aléjese de lugares bajos y desagües.',
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
  ownPiped: 'Notre ligne : gaz par tuyau',
  cylinder: {
    gas: {
      title: 'Agissez : détendeur, air, dehors, 1906',
      steps: [
        'Fermez le détendeur de la bouteille.',
        'Éteignez toute flamme : réchaud, lampe, encens.',
        'Ouvrez portes et fenêtres.',
        'Sortez avec tout le monde. Le gaz en bouteille descend : évitez les creux et les égouts.',
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
      'Sortez maintenant. Sortez toute personne inconsciente si c’est sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'N’éteignez le chauffe-eau ou le réchaud que s’il est sur votre chemin.',
      'Si quelqu’un est malade, appelez le 112. Puis le 1906 et nous.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise que c’est sûr.'
    ],
    fire: {
      title: 'Sortez et appelez le 112',
      steps: [
        'Sortez maintenant avec tout le monde.',
        'Allez loin de la bouteille. Elle peut éclater.',
        'Appelez le 112 pour les pompiers. Puis le 1906.',
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
        'Fermez le détendeur de la bouteille, ou la vanne si le gaz vient par tuyau.',
        'Éteignez toute flamme : réchaud, lampe, encens.',
        'Ouvrez portes et fenêtres.',
        'Sortez avec tout le monde. Le gaz en bouteille descend : évitez les creux et les égouts.',
        'De dehors, appelez le 1906 pour une bouteille. Pour le gaz par tuyau, appelez-nous.'
      ],
      avoid: [
        'N’allumez et n’éteignez rien d’électrique, pas même un ventilateur.',
        'Pas d’allumette, pas de cigarette.',
        'N’utilisez pas de téléphone à l’intérieur.',
        'Ne déplacez pas la bouteille. Ne rouvrez pas le gaz vous-même.'
      ]
    },
    coStep: [
      'Sortez maintenant. Sortez toute personne inconsciente si c’est sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'N’éteignez le chauffe-eau ou le réchaud que s’il est sur votre chemin.',
      'Si quelqu’un est malade, appelez le 112. Puis le 1906 pour une bouteille, ou nous pour le gaz par tuyau.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise que c’est sûr.'
    ],
    fireSteps: [
      'Sortez maintenant avec tout le monde.',
      'Allez loin du feu et de toute bouteille. Elle peut éclater.',
      'Appelez le 112 pour les pompiers. Puis le 1906 pour une bouteille, ou nous pour le gaz par tuyau.',
      'Tenez les autres à distance et attendez les secours.'
    ]
  }
};
