package io.pagestream.analyzers.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.page.Pages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "text";
  }

  @Override
  protected List<Sample> samples() {
    TextSample email =
        TextSample.of("<file-bob+tag@sub.mail.example.net>")
            .has("email", "file-bob+tag@sub.mail.example.net")
            .has("domain", "sub.mail.example.net");
    TextSample url =
        TextSample.of("(see https://u:p@pool.evil-miner.example:81/a/b?q=1&r=[2]#frag).")
            .has("url", "https://u:p@pool.evil-miner.example:81/a/b?q=1&r=[2]#frag")
            .has("domain", "pool.evil-miner.example");
    TextSample addresses =
        TextSample.of("192.0.2.142:4444 10.20.30.40 2001:db8:dead:beef::42,")
            .has("ipv4", "192.0.2.142", Map.of("port", "4444"))
            .has("ipv4", "10.20.30.40")
            .has("ipv6", "2001:db8:dead:beef::42");
    TextSample cards =
        TextSample.of("4111111111111111, 5555-5555-5555-4444 378282246310005")
            .hasCard("4111111111111111", "visa")
            .hasCard("5555-5555-5555-4444", "mastercard")
            .hasCard("378282246310005", "american-express");
    TextSample domain = TextSample.of("Host: www.example.org").has("domain", "www.example.org");
    TextSample nothing = TextSample.of("a@b std::abc 1.2.3 4111111111111112 12:34:56 libc.so");
    return List.of(
        email.ascii(),
        email.wide(),
        email.bigEndian(),
        url.ascii(),
        url.wide(),
        addresses.ascii(),
        addresses.wide(),
        addresses.bigEndian(),
        cards.ascii(),
        cards.wide(),
        domain.ascii(),
        domain.wide(),
        nothing.ascii(),
        nothing.wide());
  }

  @Test
  void seesTwoAddressesWhereTwoPagesMeet() {
    String end = "end.of.page@example.org";
    String start = "start.of.page@example.org";
    byte[] bytes = new byte[2 * Pages.SIZE];
    put(end, bytes, Pages.SIZE - end.length());
    put(start, bytes, Pages.SIZE);
    try (Analyzer analyzer = newAnalyzer()) {
      assertThat(new SyntheticMemory(bytes, 0x7000).whole(analyzer))
          .filteredOn(found -> found.kind().equals("email"))
          .containsExactlyInAnyOrder(
              Found.at(0x8000 - end.length(), "email", end.length(), end, Encoding.ASCII),
              Found.at(0x8000, "email", start.length(), start, Encoding.ASCII));
    }
  }

  @Test
  void keepsAnAddressWholeThatLiesOnTwoPages() {
    String whole = "straddle.contig@boundary.example.org";
    for (int before = 1; before < whole.length(); before++) {
      byte[] bytes = new byte[2 * Pages.SIZE];
      put(whole, bytes, Pages.SIZE - before);
      try (Analyzer analyzer = newAnalyzer()) {
        assertThat(new SyntheticMemory(bytes, 0).whole(analyzer))
            .extracting(Found::value)
            .containsExactlyInAnyOrder(whole, "boundary.example.org");
      }
    }
  }

  private static void put(String text, byte[] bytes, int at) {
    byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
  }
}
