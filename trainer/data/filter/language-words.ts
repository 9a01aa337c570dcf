/**
 * Words of which one in three or so of any running text is made. They tell languages of one script apart: the others
 * have none that is also an English word.
 */
export const ENGLISH_FUNCTION_WORDS = wordsOf(`
  the of and to is was that for with he his be at this have from or had by not but what were when there been their
  which will would a in it as are on an they we you she her our all has them its who more if so no can my
`);
export const OTHER_FUNCTION_WORDS = wordsOf(`
  le les des est une que pour dans qui pas sur avec sont cette mais nous vous aux ont et du la de un au ne je elle par
  der und das ist nicht ein eine den von zu mit sich auf für dem werden auch wird oder sind wie des im aus nach bei
  el los las una como más del pero sus este entre cuando muy sobre también es por se lo su al
  il di che è sono con della gli anche più nel alla dei delle questo si da le
  os uma não com mais dos foi ao ele das à seu sua em um na no
  het een dat niet zijn te aan met voor er maar om hij ook wordt naar
  och att det som på är av för den till inte jag har
  w z na się nie do że to jest jak
`).filter((word) => !ENGLISH_FUNCTION_WORDS.includes(word));

function wordsOf(text: string): string[] {
  return [...new Set(text.trim().split(/\s+/))];
}
