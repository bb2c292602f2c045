package io.pagestream.analyzers.text;

import org.jspecify.annotations.Nullable;

/**
 * Card issuers: ranges of the first six digits, and lengths of numbers. If two share a range, the
 * first row is used. Lengths are those published by the schemes; Visa's numbers of 13 digits and
 * Maestro's below 16 are omitted because few are in use and many counters have this form.
 */
enum CardIssuer {
  AMERICAN_EXPRESS_34("american-express", 340000, 349999, 15, 15),
  AMERICAN_EXPRESS_37("american-express", 370000, 379999, 15, 15),
  DINERS_CLUB_300("diners-club", 300000, 305999, 14, 14),
  DINERS_CLUB_3095("diners-club", 309500, 309599, 14, 14),
  DINERS_CLUB_36("diners-club", 360000, 369999, 14, 19),
  DINERS_CLUB_38("diners-club", 380000, 399999, 14, 14),
  JCB("jcb", 352800, 358999, 16, 19),
  ELO_401178("elo", 401178, 401179, 16, 16),
  ELO_431274("elo", 431274, 431274, 16, 16),
  ELO_438935("elo", 438935, 438935, 16, 16),
  ELO_451416("elo", 451416, 451416, 16, 16),
  ELO_457631("elo", 457631, 457632, 16, 16),
  VISA("visa", 400000, 499999, 16, 16),
  VISA_19("visa", 400000, 499999, 19, 19),
  MASTERCARD_5("mastercard", 510000, 559999, 16, 16),
  MASTERCARD_2("mastercard", 222100, 272099, 16, 16),
  RUPAY_508("rupay", 508500, 508999, 16, 16),
  RUPAY_606("rupay", 606985, 607984, 16, 16),
  RUPAY_608("rupay", 608001, 608500, 16, 16),
  RUPAY_652("rupay", 652150, 653149, 16, 16),
  ELO_504175("elo", 504175, 504175, 16, 16),
  ELO_506699("elo", 506699, 506778, 16, 16),
  ELO_509("elo", 509000, 509999, 16, 16),
  ELO_627780("elo", 627780, 627780, 16, 16),
  ELO_636297("elo", 636297, 636297, 16, 16),
  ELO_636368("elo", 636368, 636368, 16, 16),
  ELO_650("elo", 650031, 650598, 16, 16),
  ELO_650700("elo", 650700, 650727, 16, 16),
  ELO_650900("elo", 650901, 650978, 16, 16),
  ELO_651652("elo", 651652, 651679, 16, 16),
  ELO_655("elo", 655000, 655058, 16, 16),
  VERVE_506("verve", 506099, 506198, 16, 19),
  VERVE_650("verve", 650002, 650027, 16, 19),
  HIPERCARD("hipercard", 606282, 606282, 16, 16),
  DISCOVER_6011("discover", 601100, 601199, 16, 19),
  DISCOVER_644("discover", 644000, 659999, 16, 19),
  RUPAY_60("rupay", 600000, 609999, 16, 16),
  RUPAY_817("rupay", 817200, 819999, 16, 16),
  RUPAY_82("rupay", 820000, 829999, 16, 16),
  UNION_PAY("union-pay", 620000, 629999, 16, 19),
  UNION_PAY_81("union-pay", 810000, 817199, 16, 19),
  /** Australia, until 2006. */
  BANKCARD_5610("bankcard", 561000, 561099, 16, 16),
  BANKCARD_5602("bankcard", 560221, 560225, 16, 16),
  DANKORT("dankort", 501900, 501999, 16, 16),
  MAESTRO_5018("maestro", 501800, 501899, 16, 19),
  MAESTRO_5020("maestro", 502000, 502099, 16, 19),
  MAESTRO_5038("maestro", 503800, 503899, 16, 19),
  MAESTRO_5893("maestro", 589300, 589399, 16, 19),
  MAESTRO_6304("maestro", 630400, 630499, 16, 19),
  MAESTRO_6759("maestro", 675900, 675999, 16, 19),
  MAESTRO_6761("maestro", 676100, 676799, 16, 19),
  MIR("mir", 220000, 220499, 16, 19),
  TROY("troy", 979200, 979289, 16, 16);

  /** Number of digits that {@link #of} examines. */
  static final int PREFIX_DIGITS = 6;

  private static final CardIssuer[] ALL = values();

  private final String word;
  private final int firstPrefix;
  private final int lastPrefix;
  private final int minDigits;
  private final int maxDigits;

  CardIssuer(String word, int firstPrefix, int lastPrefix, int minDigits, int maxDigits) {
    this.word = word;
    this.firstPrefix = firstPrefix;
    this.lastPrefix = lastPrefix;
    this.minDigits = minDigits;
    this.maxDigits = maxDigits;
  }

  String word() {
    return word;
  }

  /** The issuer of numbers with these first six digits and this length, or null. */
  static @Nullable CardIssuer of(int prefix, int digits) {
    for (CardIssuer issuer : ALL) {
      if (prefix >= issuer.firstPrefix
          && prefix <= issuer.lastPrefix
          && digits >= issuer.minDigits
          && digits <= issuer.maxDigits) {
        return issuer;
      }
    }
    return null;
  }
}
