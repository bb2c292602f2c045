package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlRuleTest {
  /** The value stands between '«' and '»'. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "«https://pool.evil-miner.example/stratum?worker=42»",
        "«http://203.0.113.77:8080/c2/beacon.php» next",
        "«https://files.example.com/a/b?q=1&r=2#frag»",
        "«ftp://ftp.example.org/pub/x.tgz»",
        "«http://www.example.com:8080/index.php?user=frank&token=abcdef0123456789»",
        "\"«http://example.org/a»\"",
        "'«http://example.org/a»' 'b'",
        "(«http://example.org/a_(b)»)",
        "[x](«http://example.org/a»).",
        "see «http://example.org/a», or",
        "<a href=&quot;«http://example.org/?a=1&amp;b=2»&quot;>",
        "«http://[2001:db8::1]:80/x»",
        "«http://localhost:8080»",
        "«http://router/admin»",
        "«https://user:secret@example.org/x»",
        "«HTTP://EXAMPLE.ORG/»",
        "12«https://example.org/»",
        "«https://a.example»http://b.example",
        "«https://a.example/x1»https://b.example/y",
        "«https://a.example/web/http://b.example/y»",
        "«https://a.example/?u=http://b.example/y»",
        "«file:///etc/passwd»",
        "«stratum+tcp://pool.example.org:3333»",
        "«smb://server/share»",
        "«http://example.org»:x",
        "«http://example.org/%s/$1»\\n"
      })
  void finds(String text) {
    String value = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    assertThat(Values.in(text.replace("«", "").replace("»", ""), "url")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http://%s/",
        "http://.../",
        "http://x",
        "http://www.",
        "http://300.1.2.3/",
        "http://1.2.3/",
        "http://-a.org/",
        "http://a..org/",
        "news://example.org/",
        "std://x.y",
        "file:////",
        "C://Users"
      })
  void findsNothingIn(String text) {
    assertThat(Values.in(text, "url")).isEmpty();
  }

  /** A URL's host is a domain too, unless the last label shows that memory went on behind it. */
  @ParameterizedTest
  @CsvSource({
    "http://www.example.com/x, www.example.com",
    "http://WWW.EXAMPLE.COM/x, WWW.EXAMPLE.COM",
    "http://dc01.contoso.ad/x, dc01.contoso.ad",
    "http://a.xn--p1ai/x, a.xn--p1ai",
    "http://www.example.comP, ",
    "http://wiki.example0, "
  })
  void reportsTheHostAsADomain(String url, @Nullable String domain) {
    assertThat(Values.in(url, "domain")).isEqualTo(domain == null ? List.of() : List.of(domain));
  }
}
