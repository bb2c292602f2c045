package io.pagestream.analyzers.text;

import org.jspecify.annotations.Nullable;

/**
 * Who issues cards: ranges of the first six digits, and how long a number is. Where two share a
 * range, the first row counts. Lengths as the schemes publish them; Visa's numbers of 13 and 19
 * digits and Maestro's below 16 are left out, as hardly any is in use and many counters look so.
 */
enum CardIssuer {
  AMERICAN_EXPRESS_34("american-express", 340000, 349999, 15, 15),
  AMERICAN_EXPRESS_37("american-express", 370000, 379999, 15, 15),
  DINERS_CLUB_300("diners-club", 300000, 305999, 14, 14),
  DINERS_CLUB_3095("diners-club", 309500, 309599, 14, 14),
  DINERS_CLUB_36("diners-club", 360000, 369999, 14, 14),
  DINERS_CLUB_38("diners-club", 380000, 399999, 14, 14),
  JCB("jcb", 352800, 358999, 16, 16),
  VISA("visa", 400000, 499999, 16, 16),
  MASTERCARD_5("mastercard", 510000, 559999, 16, 16),
  MASTERCARD_2("mastercard", 222100, 272099, 16, 16),
  DISCOVER_6011("discover", 601100, 601199, 16, 16),
  DISCOVER_644("discover", 644000, 659999, 16, 16),
  UNION_PAY("union-pay", 620000, 629999, 16, 19),
  MAESTRO_5018("maestro", 501800, 501899, 16, 16),
  MAESTRO_5020("maestro", 502000, 502099, 16, 16),
  MAESTRO_5038("maestro", 503800, 503899, 16, 16),
  MAESTRO_6304("maestro", 630400, 630499, 16, 16),
  MAESTRO_6759("maestro", 675900, 675999, 16, 16),
  MAESTRO_6761("maestro", 676100, 676399, 16, 16),
  MIR("mir", 220000, 220499, 16, 16);

  /** How many digits {@link #of} looks at. */
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

  /** Who issues numbers with these first six digits and this length, or null. */
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
