/** Everyday words that look like a misspelt word of danger and are none: `steps` is not `seeps`. */
export const everyday = `
    abide accords ace aces acres across actes activado active activite affichee afficher affiches aguja agujeros aime
    alain alan alarmed albert alden alright anime ann aprendio aprieta apuesta aren arma armor arranca ash ashes ass
    asses assess assez awaken aware babbling bach backing backs bacon bagged bags bai bailed bailing bains bake baked
    balle balloon bands banks banned banos banques baron basee basin baton battle battles bay beak bearing beast
    beating bee beeper beers bees belle belles below ben bids biker bird blacks blade blake blame blaming blank blazes
    blazing bleed bleeding bleeds bleue blinding block blocking bloke bloom blows blues boils bonn boobs books boon
    boost boots booze bords bosom boston botas boton bottled bouge bourne boutons bowling boys brain brake bread
    breathed breathes breaths breeze brent bribe brick bricks bride bringing brique brock broker brooke broom bruce
    bruise bruits brushed brushing brut brute bugle bull bullet bullets bullies bulls bully bum bums buns burger
    burgers buried burt burying bus buses bush bushes buster busts busy butt butting button buzz buzzer cabezas cabron
    caceria cache cacher cadera caisse calme cam camel campo camps cane cannon canoe canon cans canto caos carne carr
    carson carte carton cas case cases casey cash cashed casi casos casper cass cassie catering cause cesse champ
    charbon chargee chase cheat cheater cheating cheer chess chico chiflado chill chills chilly chimp chimps chip
    chipped chips choc choke choque chun citer clamp clash classe cleve cloud clue coal coats cocaina cocinar cocks
    cocky coco coffre coge coke colina colinas cologne colon colonnes color com coman comas comb combien combine combo
    comen comer comet comi comm commie compter computers conduct conducta conductor conduire cone confesion confundida
    confusing confuso conge conn connaissances connecter connexion connus consciente contado conte conto cooked cooler
    cools coop cooper cope corde core coree corre corta cortando corten cortes cortez costado costo cote cou couple
    coups courte cracker crackling cram cramp craneo crank crashes crate crater crave crazed creaking creame crece
    cree creee crest crewe crick crime crock cruce crus crushing crust cruz cuai cue cueste cuisinier cup curve
    cylindres daft dando danone danos daphne dared dashing dated dave debes debi debia debio debts decks dee deed
    defence degager dejan dejar dejas dejes dell denied denis despertar despierte despierto detached detected
    detenteur detenteurs detonate device devil devise devises dice dices didn dies diez dije dill dis dispara dispare
    disparos disparu ditched dolar doler donnait donnent donor doo doors dove drank drawn dread dried drift drills
    drink drone drown drunks duct duel duelo dunk dur dure dyed earning eel ell embrace enfermo entendio envia envio
    envoie envy erase escala escapado escapar escapo escucha escuche estarlo explore explorer exploring explosivo
    explosivos exposes faibles fail failing faille fair faire fairly faite faites faits falda falla faltan fama fame
    fanny fare fear feared feeding feelings feels fella ferry fiable fibre fiel fier fierte figura fil file filing
    fille fires firme fishing flake flakes flares flats fleming flies flint flipped float floors flor flour fluke
    flushing flute flyer fogg foire fond forks forming forms forth founded founding fous foyer frame frames framing
    franchement freaking fruit fuegos fuente fuertes fuiste fumando fund funky fur furent furs fussy fuzz gafas gage
    games gamme gana ganan ganar ganaron gangs gants gasps gates gauze geezer genie gill ginny glass glasses glowing
    golpea golpes goner goo grial grille grilled groin gros gross grosses group groupes groupie groups hardy hating
    haul hausses haut haute heading healed healer healing heard hearing hears heart heated heather hee heed heir helen
    herr heure hice hid hide hiding hielo hiking hints hire hiring hitched hitter hitting hogan holed holes holly holy
    homes homme honor hoo hookers hoot hopes horn horns horny horse horses hos hoss hosts hotter hottie houses hueco
    hueles huelga huella hueso huesos hula humor hurl hurley hyde iii incendios india indican indice indiquer infierno
    inn insect interno itt jamon jane japon jason jeune jeunes join joins jones jugando juntas junto justa keeler keep
    keeping kill killed killers kiss kissing knots knows kyle lace lacey lacking laine lama lamps lash lass lassie law
    laying lea leading leads lean leaned leaning leaping leaps leary leasing leaving leche lee leech leeds leer lees
    leger lei lenta less leve levee level levier ley lick licked licking lie liee lien lights liked liking lin lina
    linda lineas lined linen lines ling linger liquides lire liver llaman llamar llame llames llamo llaves lleve loo
    loosen loot lose loss louse lover luce lynn mae mai maids mailing maine maladie maladies malaisie males mall
    mancha manda mande mango manny mano mara marc marcar marcas marco marcos mare mari maria marica marido marie
    marine maris mark marquee marry mars marte marx mary marzo masks mass matching mater matin meal meet men mene
    mener mentido mess meta mete meten meteor meterse metes metier metiers metres metro mettre miel mil mile mill
    milla miller millie mills milly mirando miss missing mme mmm moins molestar monitors monos monte moon moore moose
    mordido morse mots mouse muero muerta muerte muertos mujer mundo muro muse mush nails nature naturelle naturels
    necks nee negra negros nickel nicky nike nix noire noirs noises noisy noon noose norse noses nosy oido older oof
    opens oranges osos owen paddle pai paie paine pains painted painting pairs parce paris parte parti partido partie
    partir partis parto paseo pasos passee passees passer passes paste patched pato payee peace pearce pee peeking
    peep peeping peers pen pence pene percy perder perdi perdido perdue perdus perform perro pertes peru pese pest pet
    peter petroleo peyton pides piece pierda pierden pierdes pierdo pierre pies pilar piling pilote pilotos pilots
    pinch pinched pinta pintar pip piper pissed pissing pista piste pitcher placee plague plain plea pleine plot poche
    podido podria poked poking pole poles pomme pompes pones ponga pongas pongo ponle ponts poodle poor porte poste
    pourra pours pousser prendra prisa prize proche product produite produits psc psych puces puke pushing putting
    python queda quedado quedando queja quemar queso racer rage railing rang ranger rango rangs raros razon razor
    reach read ready rebond recent recents reds reed reels regent reich rendre rente renting rentree rentrer repent
    repondu resent respira respiro respond responda responded responder response rested return reveal revente reverse
    revient rich richer rick rider riding ringer rings ripper rise risen rises river roads roaming robando roger rogue
    rojas rojos rompe rooting roper rosa rouges rough rounded rounding rudo rug ruidos rushed sabiendo sable safely
    sailing saint saints sais sal salen sales salgo salio saloon salt salta salts salty salute salvado salve salvo
    sank sante santo sark sauce saut sauter save saved savons saxon says scale scarred scene scenes scoop scoot scotch
    screws screwy sea sean seating section seder seeds seeing seek seeking seeks seemed seems seen seer sees sein
    sells senadora senat sends senior seniors senor senores senos sense sentado sentar sentia sentidos sentira serena
    server servers services seven severe sewed shade shady shake shall shank shared shark sharks shaun shave shaved
    shaw shawn shea sheep sheik shell shelling shells shelly shin shine ship shipped shipping ships shirt shoe shoes
    shoot shops shore shorts shorty shot shots shout shouting shove shoving show shown shrinking shuffle shuts
    shutting shy siendo sienta siente signed silla simba sing singer singing sinking sinks sinned sinner sip sipping
    sire sirens sirven sissy sitting slade slapped slapping slash slashed sleep sleeping sleeps slice slices slick
    sling slipped slit slowing small smet smoker snowing snuff soar sole solo somme sonado sone songe songer sonidos
    sonny soon sooner soothing sorte sorting souffre sounds south soutien spaces spades spank spanked spanking spare
    spared sparkling sparky spawn spell spelled spelling spells spent spice spit spitting spoke sport spunk stack
    stacy stade stain stairs stale stalk stan stand stark stash stashed stays steep steps steve stick sticking sticks
    sticky stiff stings stokes stomp stone stones stoop stops store stores stray streak stride strife striker string
    stripe stripes stripped stroke strokes strut stun stung stunt style sueldo suele suelte suenas suenos sufre suing
    sundae sunday sunk susie sweep sweeping sweeps swell swelling swing swoop tabla tables tablet tailing tainted tale
    talks tapes tapis tarado tasks tease tee tema temo tente tentent term terme terms terres terry teste tests texte
    theaters thee thor thorn thorough though three throw thus tiara tied ties timed tina tipped tirador tirar tiras
    tiren tirer tiros tis toman tomar tomas tomb tombee tomber tome tono tor torpe torre toss touch touched toucher
    touches touchy tour tournai tournee trace traced tracer tracked tracking tracks traes trajes trapped traps trasero
    trashed trates traves trees tronco troubled troubles trough troupe trous trout trouve trozo true tte tub tubes
    tuned tuning turbo turner turning tus tux tuya tuyas tuyo tuyos tyrone unions vale valeurs valle valor valores
    value values van vapeur veal veil veille venas vending venta ventas vente ventes venus verts vessel vieille vient
    vile villa villes violation voile voir voit vol volant voler volet volvo wack wager waiter waiting wakes walking
    walter warmed warming warner warnings warped wasting watching waters waving wee weeping weirdo whistler whoo wick
    widow widows wishing woo woods woody wounded wretched zombie
`;
