/** Words without which hardly any text of some length is written. */
export const ENGLISH_STOP_WORDS = ["the", "be", "to", "of", "and", "that", "have", "with"];
export const CHINESE_STOP_WORDS =
  "的年在月是和日了有被人中为為他也而由之不以其于於这這個个我上们們大到说說就与與";

/** Lines with one of these are furniture of a web page. */
export const ENGLISH_BOILERPLATE =
  /javascript|(?:use|uses|using|accept) (?:of )?cookies|cookie policy|privacy policy|terms of (?:use|service)|terms and conditions|all rights reserved/i;
export const CHINESE_BOILERPLATE =
  /javascript|版权所有|版權所有|隐私政策|隱私政策|使用条款|服务条款|使用條款|服務條款|ICP备|ICP備|免责声明|免責聲明|转载请注明|轉載請註明/i;

/**
 * Words that mark pages nobody wants to learn from. The lists are short on purpose: a laboratory replaces them by its
 * own, and a single hit never drops a document (see badWordsPerLine).
 */
export const ENGLISH_BAD_WORDS = [
  "porn",
  "porno",
  "xxx",
  "hentai",
  "viagra",
  "cialis",
  "escorts",
  "camgirl",
  "jackpot",
  "slots",
];
export const CHINESE_BAD_WORDS = [
  "色情",
  "成人电影",
  "裸聊",
  "博彩",
  "六合彩",
  "时时彩",
  "代开发票",
  "办证刻章",
  "一夜情",
  "澳门赌场",
];
