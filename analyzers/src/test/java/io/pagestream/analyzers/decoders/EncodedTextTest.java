package io.pagestream.analyzers.decoders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Base64, hexadecimal and escaped text, UTF-32, and what only looks like them. */
final class EncodedTextTest extends AnalyzerContract {
  private static final String COMMAND = "Invoke-WebRequest https://files.example.org/a.ps1";

  /** {@link #COMMAND} as PowerShell's {@code -EncodedCommand} expects it. */
  private static final String ENCODED_COMMAND =
      "SQBuAHYAbwBrAGUALQBXAGUAYgBSAGUAcQB1AGUAcwB0ACAAaAB0AHQAcABzADoALwAvAGYAaQBsAGUAcwAuAGUA"
          + "eABhAG0AcABsAGUALgBvAHIAZwAvAGEALgBwAHMAMQA=";

  private static final String CLAIMS =
      "{\"sub\":\"ann.lee@example.org\",\"name\":\"Ann Lee ~~~>>>\"}";

  /** {@link #CLAIMS} as in a JSON Web Token. */
  private static final String ENCODED_CLAIMS =
      "eyJzdWIiOiJhbm4ubGVlQGV4YW1wbGUub3JnIiwibmFtZSI6IkFubiBMZWUgfn5-Pj4-In0";

  private static final String SHORT = "reply to ann.lee@example.org today";

  @Override
  protected String analyzer() {
    return "decoders";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of(
            "an encoded command",
            ascii(" -enc " + ENCODED_COMMAND + "\0"),
            base64(6, new String(COMMAND.getBytes(UTF_16LE), ISO_8859_1))),
        Sample.of(
            "an encoded command in UTF-16",
            (" -enc " + ENCODED_COMMAND + "\0\0").getBytes(UTF_16LE),
            base64(12, new String(COMMAND.getBytes(UTF_16LE), ISO_8859_1))),
        Sample.of("a token of JSON", ascii("." + ENCODED_CLAIMS + "."), base64(1, CLAIMS)),
        Sample.of(
            "lines of 40 characters",
            ascii("\r\n" + lines(base64Of(SHORT.repeat(3)), 40, "\r\n") + "\r\n--"),
            base64(2, SHORT.repeat(3))),
        Sample.of(
            "text that begins with other characters",
            ascii("/xy" + base64Of(SHORT) + "\0"),
            base64(0, SHORT)),
        Sample.of("hexadecimal digits", ascii("'0x" + hexOf(SHORT) + "'"), hex(1, SHORT)),
        Sample.of(
            "hexadecimal digits in lines",
            ascii(lines(hexOf(SHORT.repeat(2)), 60, "\n") + "\n"),
            hex(0, SHORT.repeat(2))),
        Sample.of(
            "UTF-32LE",
            "Brief an Jürgen: jürgen@example.org\0\0".getBytes(Charset.forName("UTF-32LE")),
            utf32(0, "Brief an Jürgen: jürgen@example.org")),
        Sample.of(
            "UTF-32BE",
            "Brief an Jürgen: jürgen@example.org\0\0".getBytes(Charset.forName("UTF-32BE")),
            utf32(3, "Brief an Jürgen: jürgen@example.org")),
        Sample.of(
            "escaped letters",
            ascii("q=%6a%6f%68%6e%40%65%78%61%6d%70%6c%65%2e%6f%72%67&"),
            Found.decoded(2, "PERCENT", "john@example.org", false)),
        Sample.of("a short word", ascii(":am9lQGV4YW1wbGUub3Jn,"), base64(1, "joe@example.org")),
        Sample.of(
            "escapes of a string",
            ascii("\"" + hexOf("john@example.org").replaceAll("(..)", "\\\\x$1") + "\""),
            hex(1, "john@example.org")),
        Sample.of(
            "pairs of digits",
            ascii("< " + hexOf("mail:john@example.org").replaceAll("(..)", "$1 ") + ">"),
            hex(2, "mail:john@example.org")),
        Sample.of(
            "a fingerprint", ascii("9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0:c5:5a:d0:15:a3:bf:4f:1b ")),
        Sample.of(
            "a URL that a soft line break divides",
            ascii("href=3D\"https://www.exam=\r\nple.org/a?b=3Dc\""),
            Found.decoded(8, "QUOTEDPRINTABLE", "https://www.example.org/a?b=c", false)),
        Sample.of(
            "a digest", ascii("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 ")),
        Sample.of("a path", ascii("usr/share/icons/hicolor/scalable/apps/applications/system ")),
        Sample.of("a symbol", ascii("_ZNSt8ios_base4InitC1EvSt6vectorIiSaIiEEpushbackERKi ")),
        Sample.of("a constant", ascii("STATUS_INVALID_PARAMETER_WITH_REASON_CODE_EXPECTED ")),
        Sample.of(
            "small numbers",
            new byte[] {
              33, 0, 0, 0, 34, 0, 0, 0, 35, 0, 0, 0, 36, 0, 0, 0, 37, 0, 0, 0, 38, 0, 0, 0, 39, 0,
              0, 0, 40, 0, 0, 0, 41, 0, 0, 0, 42, 0, 0, 0
            }),
        Sample.of("a soft line break in prose", ascii("This line is continued=\r\nhere. ")));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String base64Of(String text) {
    return Base64.getEncoder().encodeToString(ascii(text));
  }

  private static String hexOf(String text) {
    return HexFormat.of().formatHex(ascii(text));
  }

  private static String lines(String text, int length, String lineBreak) {
    return text.replaceAll("(.{" + length + "})(?=.)", "$1" + lineBreak);
  }

  private static Found base64(int at, String content) {
    return Found.decoded(at, "BASE64", content, false);
  }

  private static Found hex(int at, String content) {
    return Found.decoded(at, "BASE16", content, false);
  }

  private static Found utf32(int at, String content) {
    return Found.decoded(at, "UTF32", new String(content.getBytes(UTF_8), ISO_8859_1), false);
  }
}
