package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.chars.TextRuleContract;
import io.pagestream.analyzers.chars.Values;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainRuleTest extends TextRuleContract {
  DomainRuleTest() {
    super(
        "text",
        "domain",
        """
        http://«www.example.nosuchtld»/
        https://u:p@«example.org»:80
        bob@«corp.example.co.uk»
        Host: «intranet.example.org»\r
        Domain=.«example.com»; Path
        "*.«example.com»"
        see «www.example.de», or
        at «kernel.org».
        http://«www.example.org»./a
        http://«my_host.example.org»/
        jane@«mail.example.org»
        """,
        """
        /lib/libc.so
        foo.py README.md module.ko e.g. i.e.
        com.example.net
        org.freedesktop.net
        C:\\command.com
        dir/www.example.org
        System.Net.net
        a.b.net(x)
        http://localhost/
        http://192.0.2.1/
        1.2.de
        """);
  }

  /** The DNS names of a certificate are preceded by tag and length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\202\017«www.example.org»\202\013next.invalid",
        "\202\017«www.example.org»0",
        "0\015\202\015*.«example.org»\202",
        "\202\064«a-name-of-more-than-48-characters-in-all.example.org»0"
      })
  void endsWhereDerSays(String text) {
    String name = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    byte[] bytes = text.replace("«", "").replace("»", "").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Values.in("text", bytes, "domain")).containsExactly(name);
  }
}
