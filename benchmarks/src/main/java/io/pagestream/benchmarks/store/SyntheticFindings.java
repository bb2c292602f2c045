package io.pagestream.benchmarks.store;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Findings as eight machines' memory might hold them: the same seed gives the same ones, in the
 * order of a case. Values repeat as they do in memory: few very often, most rarely.
 */
final class SyntheticFindings {
  static final int IMAGES = 8;

  /** Drawn from with equal chances. */
  private static final String[] KINDS = {
    "url",
    "url",
    "url",
    "url",
    "url",
    "url",
    "domain",
    "domain",
    "domain",
    "domain",
    "domain",
    "email",
    "email",
    "ipv4",
    "ipv4",
    "ipv6",
    "pe",
    "elf",
    "gzip",
    "png",
    "jpeg",
    "sqlite",
    "zip",
    "payment-card"
  };

  private final long seed;
  private final long findings;
  private final long urls;
  private final Finding finding = new Finding();
  private final FindingIds ids = new FindingIds();
  private SplittableRandom random;
  private long next;
  private long address;

  /**
   * A generator.
   *
   * @param findings how many findings
   * @param urls how many different URLs to choose from, with very unequal chances
   */
  SyntheticFindings(long seed, long findings, long urls) {
    this.seed = seed;
    this.findings = findings;
    this.urls = urls;
    this.random = new SplittableRandom(seed);
  }

  static String imageId(int image) {
    return "%032x".formatted(0xabcd_0000L + image);
  }

  static String image(int image) {
    return "machine-%d.lime".formatted(image + 1);
  }

  /** The next finding, in the same record as the one before; null after the last. */
  @Nullable Finding next() {
    if (next >= findings) {
      return null;
    }
    long perImage = (findings + IMAGES - 1) / IMAGES;
    int image = (int) (next / perImage);
    if (next % perImage == 0) {
      address = 0;
      random = new SplittableRandom(seed * 31 + image);
    }
    address += 1 + random.nextInt(20_000);
    String kind = random.nextInt(2000) == 0 ? "aes-key" : KINDS[random.nextInt(KINDS.length)];
    String value = value(kind);
    Location location = Location.physical(address);
    finding.setFindingId(ids.of(imageId(image), analyzer(kind), kind, location, value));
    finding.setImageId(imageId(image));
    finding.setImage(image(image));
    finding.setAnalyzer(analyzer(kind));
    finding.setKind(kind);
    finding.setValue(value);
    finding.setLocation(location.record());
    finding.setLength(value.length());
    finding.setContext(context(value));
    finding.setEncoding(random.nextInt(5) == 0 ? "utf-16le" : "ascii");
    finding.setRangeKind(random.nextInt(200) == 0 ? RangeKind.FIRMWARE_RESERVED : RangeKind.RAM);
    finding.setCacheType(CacheType.WRITE_BACK);
    finding.setVerdict(random.nextInt(50) == 0 ? VerdictKind.OVERRIDDEN : VerdictKind.MAPPED);
    finding.setConfidence(confidence(kind));
    finding.setAttributes(attributes(kind));
    next++;
    return finding;
  }

  /** A number below a bound, small ones far more often. */
  private long skewed(long bound) {
    double u = random.nextDouble();
    return (long) (bound * u * u * u * u);
  }

  private String value(String kind) {
    return switch (kind) {
      case "url" -> url(skewed(urls));
      case "domain" -> host(skewed(urls / 20 + 1));
      case "email" -> "user%d@%s".formatted(skewed(urls / 10 + 1), host(skewed(500)));
      case "ipv4" -> ipv4((int) skewed(urls / 10 + 1));
      case "ipv6" -> "fe80::%x:%x".formatted(skewed(60_000), skewed(1000));
      case "aes-key" ->
          HexFormat.of().toHexDigits(random.nextLong())
              + HexFormat.of().toHexDigits(random.nextLong());
      case "payment-card" -> "4%015d".formatted(skewed(100_000));
      case "pe" -> "PE32+ x86-64, %d sections".formatted(3 + skewed(12));
      case "elf" -> "ELF 64-bit little-endian x86-64";
      case "png" -> "PNG %d x %d".formatted(16 + skewed(1000), 16 + skewed(1000));
      case "gzip" -> "gzip of \"file-%d\"".formatted(skewed(10_000));
      default -> kind.toUpperCase(Locale.ROOT) + " " + skewed(1000);
    };
  }

  private static String url(long number) {
    return "https://%s/static/%s/%d?v=%d"
        .formatted(host(number % 9973), number % 3 == 0 ? "js" : "img", number, number % 17);
  }

  private static String host(long number) {
    return "www%d.%s.example-%d.%s"
        .formatted(
            number % 7, number % 2 == 0 ? "cdn" : "app", number, number % 5 == 0 ? "org" : "com");
  }

  private static String ipv4(int number) {
    return "%d.%d.%d.%d"
        .formatted(1 + number % 223, number / 7 % 256, number / 300 % 256, number % 256);
  }

  private static String analyzer(String kind) {
    return switch (kind) {
      case "aes-key" -> "aes-keys";
      case "pe", "elf", "gzip", "png", "jpeg", "sqlite", "zip" -> "files";
      default -> "text";
    };
  }

  private String context(String value) {
    String around = Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    return "...\"" + around + "=" + value.substring(0, Math.min(value.length(), 100)) + "\"..";
  }

  private static Confidence confidence(String kind) {
    return switch (kind) {
      case "aes-key", "pe", "elf", "png", "sqlite" -> Confidence.HIGH;
      case "domain", "ipv4" -> Confidence.LOW;
      default -> Confidence.MEDIUM;
    };
  }

  private Map<String, String> attributes(String kind) {
    Map<String, String> attributes = new HashMap<>();
    if (kind.equals("png")) {
      attributes.put("width", Integer.toString(random.nextInt(2000)));
      attributes.put("height", Integer.toString(random.nextInt(2000)));
    } else if (kind.equals("gzip") && random.nextInt(4) == 0) {
      attributes.put("modified", "2024-05-06T07:08:09Z");
    }
    return attributes;
  }
}
