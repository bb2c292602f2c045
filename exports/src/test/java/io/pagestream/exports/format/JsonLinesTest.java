package io.pagestream.exports.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.finding.Location;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** An address is written with its address space unless it is physical. */
class JsonLinesTest {
  private static String address(Location location) throws IOException {
    Finding finding = FindingColumn.blank();
    finding.setLocation(location.record());
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      JsonLines.address(json, finding);
      json.writeEndObject();
    }
    return text.toString();
  }

  @Test
  void aPhysicalAddressIsANumber() throws IOException {
    assertThat(address(Location.physical(0x1000))).isEqualTo("{\"physical_address\":4096}");
  }

  @Test
  void aVirtualAddressIsUnsignedAndHasItsAddressSpace() throws IOException {
    assertThat(address(Location.virtual(0x601_0000, 0xffff_8d50_411f_0000L)))
        .isEqualTo("{\"virtual_address\":\"0xffff8d50411f0000\",\"address_space\":\"0x6010000\"}");
  }
}
