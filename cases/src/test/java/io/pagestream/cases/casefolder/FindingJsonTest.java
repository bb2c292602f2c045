package io.pagestream.cases.casefolder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.text.HostileText;
import io.pagestream.cases.text.Words;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class FindingJsonTest {
  @Example
  void theFieldsAreTheseInThisOrder() throws IOException {
    Finding finding = SmallCase.finding(0x1f3a010, "email", "a@example.com");
    finding.getLocation().setPath("GZIP-512");
    finding.setAttributes(Map.of("width", "2", "bit-errors", "1"));
    assertThat(line(finding))
        .isEqualTo(
            "{\"findingId\":\"%s\",\"imageId\":\"0123456789abcdef0123456789abcdef\","
                    .formatted(finding.getFindingId())
                + "\"image\":\"small.raw.zst\",\"analyzer\":\"text\",\"kind\":\"email\","
                + "\"value\":\"a@example.com\",\"space\":\"physical\",\"physicalAddress\":32743440,"
                + "\"path\":\"GZIP-512\",\"length\":13,\"context\":\"...a@example.com...\","
                + "\"encoding\":\"ascii\",\"rangeKind\":\"ram\",\"cacheType\":\"write-back\","
                + "\"verdict\":\"mapped\",\"confidence\":\"medium\","
                + "\"attributes\":{\"bit-errors\":\"1\",\"width\":\"2\"}}\n");
  }

  @Example
  void enumsAreKebabCaseWords() {
    assertThat(Stream.of(RangeKind.values()).map(Words::of))
        .containsExactly(
            "unknown", "ram", "device", "frame-buffer", "firmware-reserved", "acpi", "persistent");
    assertThat(Stream.of(CacheType.values()).map(Words::of))
        .containsExactly(
            "unknown",
            "not-established",
            "uncached",
            "uncached-minus",
            "write-combining",
            "write-through",
            "write-protected",
            "write-back");
    assertThat(Stream.of(VerdictKind.values()).map(Words::of))
        .containsExactly("mapped", "overridden", "refused");
  }

  @Example
  void ordinaryTextStaysReadableAndHostileTextIsEscaped() throws IOException {
    String line = line(SmallCase.finding(0, "url", "Grüße 😀 \u001b[2J \u202E \u2028 \u007f \"\\"));
    assertThat(line)
        .contains("\"Grüße \\uD83D\\uDE00 \\u001B[2J \\u202e \\u2028 \\u007F \\\"\\\\\"")
        .doesNotContain("\u001b", "\u202E", "\u2028");
  }

  @Property
  void everyValueIsOneLineOfUnicodeThatReadsBackAsItWas(
      @ForAll String value, @ForAll String context) throws IOException {
    Finding finding = SmallCase.finding(0x1000, "url", "x");
    finding.setValue(value);
    finding.setContext(context);
    String line = line(finding);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line.substring(0, line.length() - 1).chars())
        .noneMatch(c -> HostileText.isDangerous(c));
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.get("value").asText()).isEqualTo(HostileText.wellFormed(value));
    assertThat(read.get("context").asText()).isEqualTo(HostileText.wellFormed(context));
  }

  /** One finding as it is written; fails if it is not UTF-8. */
  private static String line(Finding finding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FindingJson json = new FindingJson(out)) {
      json.write(finding);
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(out.toByteArray()))
        .toString();
  }
}
