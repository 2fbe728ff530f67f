/** How people say thanks, and what they say beside it that asks for nothing. One phrase between bars, without accents. */

const phrases = (text: string) =>
  new Set(
    text.split(/[|\n]/).flatMap((phrase) => phrase.trim().replace(/\s+/g, ' ').normalize('NFKC') || [])
  );

/** At least one of these is in it. */
export const thanks = phrases(`
  thanks | thank you | thank u | thankyou | thx | thnx | ty | tysm | cheers | much appreciated | appreciated | appreciate it
  i appreciate it | i really appreciate it | i appreciate your help | i appreciate the help | i am grateful | im grateful
  we thank you | i thank you | much obliged
  gracias | grax | muchisimas gracias | mil gracias | se lo agradezco | se lo agradezco mucho | te lo agradezco | le agradezco
  les agradezco | agradezco su ayuda | agradecido | agradecida | agradecidos
  merci | mercis | je vous remercie | nous vous remercions | avec mes remerciements | remerciements
  धन्यवाद | शुक्रिया | आभार | आभारी हूं | धन्यवाद जी
  dhanyavad | dhanyawad | dhanyavaad | dhanyawaad | shukriya | shukria
`);

/** Whatever else there is, is one of these. */
export const courtesies = phrases(`
  so much | very much | a lot | lots | again | a million | a bunch | many | indeed | much | very | really | so | all | you all
  for your help | for the help | for all your help | for all the help | for helping | for helping me | for helping us
  for everything | for your time | for your kindness | for your patience | for your support | for the support | for the service
  for the great service | for the good service | for the quick help | for your quick help | for the quick reply
  for your quick reply | for the fast reply | for the quick response | for your quick response | for the quick answer
  for your reply | for the reply | for your answer | for the answer | for the information | for the info | for the update
  for letting me know | for sorting it | for sorting it out | for sorting this | for sorting this out | for sorting that
  for fixing it | for fixing this | for fixing that | for solving it | for solving this | for your hard work
  great | perfect | excellent | wonderful | brilliant | fantastic | awesome | super | lovely | amazing | good | ok | okay | nice
  cool | yes | oh | wow | all good | all good now | all is well | it works | it works now | works now | works again
  it works again | it is working now | its working now | it is fixed | its fixed | all fixed | fixed | all done | done
  all sorted | sorted | solved | problem solved | it is solved | that solved it | that helped | this helped | that was quick
  that was fast | it is done | its done | great service | great job | good job | great work | good work | well done | very kind
  very helpful | you are great | you are the best | youre the best | you are very kind | youre very kind | kind of you
  everyone | everybody | team | folks | guys | mate | friend | sir | madam | maam | dear | hello | hi | and | to you | to you all
  to everyone | to all of you | have a nice day | have a good day | have a great day | have a good one | have a nice weekend
  have a good weekend | have a great weekend | best regards | kind regards | warm regards | regards | best wishes | best
  yours sincerely | sincerely | take care | bye | god bless | god bless you | bless you
  por todo | por su ayuda | por la ayuda | por tu ayuda | por toda su ayuda | por toda la ayuda | por ayudarme | por ayudarnos
  por su atencion | por la atencion | por su tiempo | por su amabilidad | por su paciencia | por la rapidez | por su rapidez
  por responder | por su respuesta | por la respuesta | por la informacion | por avisar | por avisarme | por resolverlo
  por solucionarlo | por arreglarlo | por el servicio | por el buen servicio | por su buen servicio | por la rapida respuesta
  por su rapida respuesta | muchas | muchisimas | mil | mucho | a todos | a todas | a usted | a ustedes | a ti | de verdad
  de nuevo | otra vez | de corazon | de todo corazon | muy amable | muy amables | son muy amables | es muy amable | muy bien
  todo bien | todo perfecto | todo en orden | todo resuelto | todo arreglado | ya funciona | ya funciona bien | ya esta
  ya esta todo | ya esta resuelto | ya esta arreglado | funciona | funciona bien | todo funciona | esta resuelto
  esta arreglado | resuelto | solucionado | arreglado | listo | perfecto | perfecta | genial | excelente | estupendo
  fantastico | maravilloso | bien | vale | de acuerdo | que bien | que rapidez | buen trabajo | gran trabajo | buen servicio
  excelente servicio | muy | y | si | hola | buenos dias | buenas tardes | buenas noches | buen dia | buena tarde
  que tenga buen dia | que tengan buen dia | que tenga un buen dia | que tengan un buen dia | feliz dia | saludos | un saludo
  saludos cordiales | cordialmente | atentamente | un abrazo | bendiciones | dios los bendiga | dios le bendiga | senor | senora
  equipo | amigos | estimados | por hacerlo tan rapido
  beaucoup | bien a vous | infiniment | encore | mille | grand | pour tout | pour votre aide | pour laide | pour votre reponse
  pour votre rapidite | pour la rapidite | pour votre patience | pour votre temps | pour votre service | a vous | a tous
  a toute lequipe | parfait | excellent | tres bien | cest parfait | cest bon | ca marche | ca fonctionne | tout fonctionne
  tout marche | cest regle | tout est regle | tout est en ordre | probleme resolu | bonne journee | bonne soiree
  bon week end | cordialement | bien cordialement | bonjour | bonsoir | et | tres | oui | daccord | bravo | salutations
  madame | monsieur | lequipe | vraiment | cest gentil | tres gentil
  बहुत | बहुत बहुत | आपका | आप का | आपको | आप सबका | सबका | जी | मदद के लिए | आपकी मदद के लिए | आपकी सहायता के लिए | सहायता के लिए
  अच्छा | बहुत अच्छा | ठीक है | बढिया | सब ठीक है | अब ठीक है | हो गया | काम हो गया | नमस्ते | और | हां | हाँ | दिल से | सर | मैडम
  bahut | bohot | bahut bahut | aapka | aap ka | aapko | aap sabka | ji | madad ke liye | aapki madad ke liye | accha | acha
  bahut accha | theek hai | thik hai | badhiya | sab theek hai | ab theek hai | ho gaya | kaam ho gaya | namaste | aur | haan
  dil se
`);
