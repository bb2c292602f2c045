package io.pagestream.exports.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pagestream.cases.text.HostileText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The STIX Cyber-observable Object for a value. A value that may not meet the requirements of its
 * type becomes an artifact, which can contain any bytes.
 *
 * @param type the object's type
 * @param property the property with the value, the only one that contributes to the id
 * @param value the value; base64 in an artifact
 * @param mimeType type of an artifact's bytes; empty for other types
 */
record StixObservable(String type, String property, String value, String mimeType) {
  private static final Pattern LABEL_DOTS =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
  private static final Pattern LOCAL_PART =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

  /** RFC 3986's characters after a scheme and two slashes with a plain host. */
  private static final Pattern URL =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]{0,20}://[A-Za-z0-9.-]{1,253}+(:[0-9]{1,5})?"
              + "([/?#][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*+)?");

  private static final Pattern BAD_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]++");
  private static final int MOST_URL = 2000;

  /** The observable for a finding's kind and value. */
  static StixObservable of(String kind, String value) {
    return switch (kind) {
      case "email" -> isEmail(value) ? plain("email-addr", value) : text(value);
      case "domain" -> isDomain(value) ? plain("domain-name", value) : text(value);
      case "ipv4" -> IpText.isV4(value) ? plain("ipv4-addr", value) : text(value);
      case "ipv6" -> IpText.isV6(value) ? plain("ipv6-addr", value) : text(value);
      case "url" -> isUrl(value) ? plain("url", value) : text(value);
      case "aes-key", "aes-xts-key", "bitlocker-fvek" ->
          isHex(value)
              ? artifact(HexFormat.of().parseHex(value), "application/octet-stream")
              : text(value);
      default -> text(value);
    };
  }

  private static StixObservable text(String value) {
    return artifact(HostileText.wellFormed(value).getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static StixObservable plain(String type, String value) {
    return new StixObservable(type, "value", value, "");
  }

  private static StixObservable artifact(byte[] bytes, String mimeType) {
    return new StixObservable(
        "artifact", "payload_bin", Base64.getEncoder().encodeToString(bytes), mimeType);
  }

  private static boolean isUrl(String text) {
    return text.length() <= MOST_URL
        && URL.matcher(text).matches()
        && !BAD_PERCENT.matcher(text).find();
  }

  private static boolean isHex(String text) {
    return text.length() % 2 == 0 && HEX.matcher(text).matches();
  }

  private static boolean isDomain(String text) {
    return text.length() <= 253 && LABEL_DOTS.matcher(text).matches();
  }

  private static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > 320) {
      return false;
    }
    String local = text.substring(0, at);
    return LOCAL_PART.matcher(local).matches()
        && !local.contains("..")
        && !local.startsWith(".")
        && !local.endsWith(".")
        && isDomain(text.substring(at + 1));
  }

  /**
   * Its id: UUIDv5 of the contributing properties as canonical JSON (STIX 2.1, section 2.9; RFC
   * 8785 escapes strings as Jackson does). {@code mime_type} does not contribute.
   */
  String id() {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
    return StixIds.id(type, StixIds.OBSERVABLES, "{\"" + property + "\":\"" + quoted + "\"}");
  }
}
