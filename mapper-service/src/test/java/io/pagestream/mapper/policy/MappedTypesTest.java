package io.pagestream.mapper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.MappingSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The masks are written as numbers here, counted by hand from the symbols of CacheType.avsc. */
class MappedTypesTest {
  private static final int UNKNOWN = 0x01;
  private static final int UNCACHED = 0x04;
  private static final int WRITE_COMBINING = 0x10;
  private static final int WRITE_BACK = 0x80;

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, 0x01",
    "UNCACHED, 0x04",
    "UNCACHED_MINUS, 0x08",
    "WRITE_COMBINING, 0x10",
    "WRITE_THROUGH, 0x20",
    "WRITE_PROTECTED, 0x40",
    "WRITE_BACK, 0x80"
  })
  void a_type_has_the_bit_of_its_place_in_the_schema(CacheType type, int bit) {
    assertThat(MappedTypes.bit(type)).isEqualTo(bit);
    assertThat(MappedTypes.BITS & bit).isEqualTo(bit);
  }

  @Test
  void a_page_without_a_mapping_has_no_bit() {
    assertThat(MappedTypes.BITS).isEqualTo(0xFD);
  }

  @Test
  void mappings_disagree_if_two_known_types_are_among_them() {
    assertThat(MappedTypes.disagree(mappedWith(WRITE_BACK | UNCACHED))).isTrue();
    assertThat(MappedTypes.disagree(mappedWith(WRITE_COMBINING | UNCACHED))).isTrue();
    assertThat(MappedTypes.disagree(mappedWith(WRITE_BACK))).isFalse();
    assertThat(MappedTypes.disagree(mappedWith(0))).isFalse();
  }

  @Test
  void a_mapping_of_unknown_type_disagrees_with_none() {
    assertThat(MappedTypes.disagree(mappedWith(WRITE_BACK | UNKNOWN))).isFalse();
  }

  private static MappingSpan mappedWith(int types) {
    return MappingSpan.newBuilder()
        .setFirstPage(0)
        .setPageCount(1)
        .setMappings(2)
        .setCacheTypes(types)
        .setEstablished(CacheType.UNKNOWN)
        .build();
  }
}
