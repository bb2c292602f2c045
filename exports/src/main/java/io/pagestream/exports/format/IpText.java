package io.pagestream.exports.format;

import java.util.regex.Pattern;

/**
 * Checks whether a text is an address in the form that strict readers accept. Analyzers write only
 * this form; other clients that write to the topic may not.
 */
final class IpText {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern GROUPS = Pattern.compile("[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4})*");

  private IpText() {}

  static boolean isV4(String text) {
    return text.length() <= 15 && V4.matcher(text).matches();
  }

  /** RFC 4291, section 2.2, forms 1 and 2: eight groups of hex, or fewer with one {@code ::}. */
  static boolean isV6(String text) {
    if (text.length() > 39) {
      return false;
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  private static int groups(String text) {
    return GROUPS.matcher(text).matches()
        ? (int) text.chars().filter(c -> c == ':').count() + 1
        : -1;
  }
}
