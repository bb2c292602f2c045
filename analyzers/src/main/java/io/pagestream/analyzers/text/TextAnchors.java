package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.hosts.EscapedUrlRule;
import java.util.List;

/** The anchors of the {@code text} analyzer. */
final class TextAnchors {
  static final List<Anchor> ALL =
      List.of(
          // Ends with the domain's first character.
          new Anchor(
              new EmailRule(1),
              "[A-Za-z0-9_\\x80-\\xbf]@[A-Za-z0-9\\xc3-\\xef]",
              "(?:[A-Za-z0-9_\\xc0-\\xff]\\x00|[\\x01-\\xff][\\x01-\\x05])@\\x00" + "[0-Za-z]"),
          // Ends with the authority's first character.
          new Anchor(
              UrlRule.withEscapes(),
              "[A-Za-z0-9]://[A-Za-z0-9_\\[/\\xc3-\\xef]",
              "[A-Za-z0-9]\\x00:\\x00/\\x00/\\x00[^\\x00]"),
          // Ends with the authority's first character; "://" in the escapes of JSON and of URLs.
          new Anchor(
              new EscapedUrlRule(UrlRule.plain()),
              "[A-Za-z0-9](?::\\\\/\\\\/|:\\\\u002[Ff]\\\\u002[Ff]|%3[Aa]%2[Ff]%2[Ff])[A-Za-z0-9]",
              "[A-Za-z0-9]\\x00(?::\\x00\\\\\\x00/\\x00\\\\\\x00/"
                  + "|:(?:\\x00\\\\\\x00u\\x000\\x000\\x002\\x00[Ff]){2}"
                  + "|%\\x003\\x00[Aa]\\x00%\\x002\\x00[Ff]\\x00%\\x002\\x00[Ff])\\x00[A-Za-z0-9]"),
          // Ends with the domain's first character; the delimiter in the escape of URLs.
          new Anchor(
              new EmailRule(3),
              "[A-Za-z0-9_]%40[A-Za-z0-9]",
              "[A-Za-z0-9_]\\x00%\\x004\\x000\\x00[A-Za-z0-9]"),
          // The same in quoted-printable text, which is in bytes.
          Anchor.of(new EmailRule(3), "[A-Za-z0-9_]=40[A-Za-z0-9]"),
          // The same in the escapes of HTML and of JSON.
          new Anchor(
              new EmailRule(5),
              "[A-Za-z0-9_]&#64;[A-Za-z0-9]",
              "[A-Za-z0-9_]\\x00&\\x00#\\x006\\x004\\x00;\\x00[A-Za-z0-9]"),
          new Anchor(
              new EmailRule(6),
              "[A-Za-z0-9_](?:&#x40;|\\\\u0040)[A-Za-z0-9]",
              "[A-Za-z0-9_]\\x00(?:&\\x00#\\x00x\\x004\\x000\\x00;|\\\\\\x00u\\x000\\x000\\x004\\x000)"
                  + "\\x00[A-Za-z0-9]"),
          // Ends with the last character of a top-level domain that names outside of URLs may have.
          new Anchor(
              new DomainRule(),
              "[a-z0-9]\\.(?:com|net|org|edu|gov|mil|uk|de|fr|nl|ru|cn|jp|br|eu)",
              "[a-z0-9]\\x00\\.\\x00(?:c\\x00o\\x00m|n\\x00e\\x00t|o\\x00r\\x00g|e\\x00d\\x00u"
                  + "|g\\x00o\\x00v|m\\x00i\\x00l|u\\x00k|d\\x00e|f\\x00r|n\\x00l"
                  + "|r\\x00u|c\\x00n|j\\x00p|b\\x00r|e\\x00u)"),
          // Ends with the last octet's first digit.
          new Anchor(
              new Ipv4Rule(),
              "[0-9]\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]",
              "[0-9]\\x00\\.\\x00(?:[0-9]\\x00){1,3}\\.\\x00(?:[0-9]\\x00){1,3}\\.\\x00[0-9]"),
          // Ends after the second group's colon; the first group has four digits.
          new Anchor(
              new Ipv6Rule(),
              "[23Ff][0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]",
              "[23Ff]\\x00(?:[0-9A-Fa-f]\\x00){3}:\\x00(?:[0-9A-Fa-f]\\x00){0,4}:\\x00[0-9A-Fa-f:]"),
          // Ends with the 13th digit of a row; checks the preceding bytes, to match a row only
          // once.
          new Anchor(
              new CardDigitsRule(), "[2-689][0-9]{12}", "[2-689]\\x00(?:[0-9]\\x00){11}[0-9]"),
          // Ends with the third group's first digit.
          new Anchor(
              new CardGroupsRule(),
              "[2-689][0-9]{3}[ -][0-9]{4}(?:[0-9]{2})?[ -][0-9]",
              "[2-689]\\x00(?:[0-9]\\x00){3}[ -]\\x00(?:[0-9]\\x00){4}"
                  + "(?:(?:[0-9]\\x00){2})?[ -]\\x00[0-9]"),
          // Ends with the expiry's last digit.
          Anchor.of(new Track2Rule(), "[0-9]{13}[=Dd][0-9]{4}"));

  private TextAnchors() {}
}
