package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.chars.TextRuleContract;
import io.pagestream.analyzers.chars.Values;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlRuleTest extends TextRuleContract {
  UrlRuleTest() {
    super(
        "text",
        "url",
        """
        «https://pool.evil-miner.example/stratum?worker=42»
        «http://203.0.113.77:8080/c2/beacon.php» next
        «https://files.example.com/a/b?q=1&r=2#frag»
        «ftp://ftp.example.org/pub/x.tgz»
        «http://www.example.com:8080/index.php?user=frank&token=abcdef0123456789»
        "«http://example.org/a»"
        '«http://example.org/a»' 'b'
        («http://example.org/a_(b)»)
        [x](«http://example.org/a»).
        see «http://example.org/a», or
        <a href=&quot;«http://example.org/?a=1&amp;b=2»&quot;>
        «http://[2001:db8::1]:80/x»
        «http://localhost:8080»
        «http://router/admin»
        «https://user:secret@example.org/x»
        «HTTP://EXAMPLE.ORG/»
        12«https://example.org/»
        «https://a.example»http://b.example
        «https://a.example/x1»https://b.example/y
        «https://a.example/web/http://b.example/y»
        «https://a.example/?u=http://b.example/y»
        «file:///etc/passwd»
        «stratum+tcp://pool.example.org:3333»
        «smb://server/share»
        «http://example.org»:x
        «http://example.org/%s/$1»\\n
        «http://ocsp.ca.example.com»0\u0082
        «ftp://joe@corp.example.org:secret@files.example.org/x»
        «http://[fe80::1%25eth0]:8080/x»
        «http://[fe80::1%eth0]/»
        «https://Example.ORG/a»
        «HTTP://Www.Example.Com/x»
        «http://www.example.com./a»
        «http://my_host.example.com/x»
        «http://_srv.example.org/»
        «https://xn--mnchen-3ya.example/weg»
        \u0093«http://example.org/a»\u0094
        \u0091«http://example.org/a»\u0092
        `«http://example.org/a»`
        {"u":"«http://example.org/a»"}
        {"u":"«http://example.org/a»\\n"}
        <«http://example.org/a»>
        «ftp://jane%40example.org:pw@files.example.org/x»
        «https://jane@example.com@host.example.org/»
        «postgres://app:s3cret@db.example.org:5432/app?sslmode=require»
        «mongodb+srv://app:pw@cluster0.example.net/x»
        «imaps://jane:pw@mail.example.org:993/INBOX»
        «http://example.org/a»"
        «http://example.org:80»
        «http://192.0.2.1:80/a»
        «http://[2001:db8::1]/»
        """,
        """
        http://
        http://%s/
        http://.../
        http://x
        http://www.
        http://300.1.2.3/
        http://1.2.3/
        http://-a.org/
        http://a..org/
        news://example.org/
        std://x.y
        file:////
        C://Users
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0$\006\010+\006\001\005\005\0070\001\u0086\032«http://ocsp.ca.example.com»0>\006",
        "\u0086\031«http://ocsp.ca.example.com»0>",
        "\u0086\034«http://crl.example.com/r.crl»0y\006\010+",
        "\026\030«http://a.example.org/cps»0\037",
        "\u0086\025«http://a.example.com/x»\u0086\003",
        "x«http://ocsp.example.com»0A\006\003U"
      })
  void endsWhereDerSays(String text) {
    String url = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    byte[] bytes = text.replace("«", "").replace("»", "").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Values.in("text", bytes, "url")).containsExactly(url);
    assertThat(Values.in("text", bytes, "domain")).containsExactly(URI.create(url).getHost());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "{\"url\":\"https:\\/\\/www.example.org\\/a\\/b?c=1\"} https://www.example.org/a/b?c=1",
        "\"http:\\/\\/a.example\\/?x\\u003d1\\u0026y\" http://a.example/?x=1&y",
        "{\"u\":\"https:\\u002F\\u002Fwww.example.org\\u002Fa\"} https://www.example.org/a",
        "'http://www.example.org/?a=1\\u0026b=2' http://www.example.org/?a=1&b=2",
        "'http://www.example.org/?a=1\\u0022,' http://www.example.org/?a=1",
        "next=https%3A%2F%2Fwww.example.org%2Fa&b=c https://www.example.org/a",
        "u%3Dhttp%3a%2f%2fa.example%2f%3Fb%3D1%2520 http://a.example/?b=1%20"
      })
  void undoesEscapes(String text, String url) {
    assertThat(Values.in("text", text, "url")).containsExactly(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://m\u00fcnchen.example/weg",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/\u043f\u0443\u0442\u044c",
        "http://www.b\u00fccher.de",
        "http://\u4f8b\u5b50.\u4e2d\u56fd/"
      })
  void readsHostsOfAllScripts(String url) {
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      assertThat(Values.in("text", ("see " + url + " now").getBytes(charset), "url"))
          .containsExactly(url);
    }
  }

  /**
   * A URL's host is a domain too, unless the last label shows that it runs into the following
   * memory.
   */
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
    assertThat(Values.in("text", url, "domain"))
        .isEqualTo(domain == null ? List.of() : List.of(domain));
  }
}
