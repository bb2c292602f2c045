package io.pagestream.analyzers.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.contract.SyntheticMemory;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract's tests run on the samples; the tests of special properties are below them. */
final class LinuxBannerAnalyzerTest extends AnalyzerContract {
  /** As in the memory of a Debian 12 guest. */
  private static final String DEBIAN =
      "Linux version 6.1.0-18-cloud-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian"
          + " 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC"
          + " Debian 6.1.76-1 (2024-02-01)";

  @Override
  protected String analyzer() {
    return "linux-banner";
  }

  @Override
  protected List<Sample> samples() {
    return List.of(
        Sample.of("a banner", ascii(DEBIAN + "\n\0"), banner(0, DEBIAN, "6.1.0-18-cloud-amd64")),
        Sample.of(
            "two banners, one in a log",
            ascii("[    0.000000] Linux version 5.4.0 (a@b)\nLinux version 4.19 #2\n"),
            banner(15, "Linux version 5.4.0 (a@b)", "5.4.0"),
            banner(41, "Linux version 4.19 #2", "4.19")),
        Sample.of("the middle of a word", ascii("GNU/Linux version 2.6.18 is old\n")),
        Sample.of("a format string", ascii("Linux version %s (%s)\n")),
        Sample.of("no line feed", ascii("Linux version 6.1.0\0")),
        Sample.of("longer than allowed", ascii("Linux version 6." + "1".repeat(512) + "\n")));
  }

  @Test
  void allowsLongerBannersWhenToldTo() {
    String banner = "Linux version 6." + "1".repeat(600);
    var options = new AnalyzerOptions("linux-banner", Map.of("max-length", "1024"));
    try (Analyzer analyzer = new LinuxBannerAnalyzer(options)) {
      assertThat(new SyntheticMemory(ascii(banner + "\n"), 0).whole(analyzer)).hasSize(1);
    }
  }

  @Test
  void refusesAnOptionOutOfBounds() {
    var options = new AnalyzerOptions("linux-banner", Map.of("max-length", "1025"));
    assertThatThrownBy(() -> new LinuxBannerAnalyzer(options))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("linux-banner.max-length");
  }

  private static Found banner(int at, String text, String release) {
    return new Found(
        "linux-banner",
        at,
        text.length() + 1,
        text,
        Encoding.ASCII,
        Map.of("kernel-release", release));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
