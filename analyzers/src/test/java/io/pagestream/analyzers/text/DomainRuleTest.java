package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainRuleTest {
  /** The value stands between '«' and '»'. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://«www.example.nosuchtld»/",
        "https://u:p@«example.org»:80",
        "bob@«corp.example.co.uk»",
        "Host: «intranet.example.org»\r",
        "Domain=.«example.com»; Path",
        "\"*.«example.com»\"",
        "see «www.example.de», or",
        "at «kernel.org»."
      })
  void finds(String text) {
    String value = text.substring(text.indexOf('«') + 1, text.indexOf('»'));
    assertThat(Values.in(text.replace("«", "").replace("»", ""), "domain")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lib/libc.so",
        "foo.py README.md module.ko e.g. i.e.",
        "com.example.net",
        "org.freedesktop.net",
        "C:\\command.com",
        "dir/www.example.org",
        "System.Net.net",
        "a.b.net(x)",
        "http://localhost/",
        "http://192.0.2.1/",
        "1.2.de"
      })
  void findsNothingIn(String text) {
    assertThat(Values.in(text, "domain")).isEmpty();
  }
}
