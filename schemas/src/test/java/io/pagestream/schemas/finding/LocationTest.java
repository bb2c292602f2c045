package io.pagestream.schemas.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocationTest {
  @Test
  void bytesOfMemoryCountByAddress() {
    Location memory = Location.physical(0xffff_ffff_ffff_f000L).plus(0x10);
    assertThat(memory).isEqualTo(new Location("physical", 0xffff_ffff_ffff_f010L, ""));
    assertThat(memory.isMemory()).isTrue();
    assertThat(memory.codecPath()).isEmpty();
    assertThat(memory.decodedOffset()).isZero();
  }

  @Test
  void decodedBytesCountByTheLastNumberOfThePath() {
    Location decoded = Location.physical(0x1000).decoded("GZIP").plus(512);
    assertThat(decoded).isEqualTo(new Location("physical", 0x1000, "GZIP-512"));
    Location inner = decoded.decoded("ZIP").plus(3).plus(4);
    assertThat(inner.path()).isEqualTo("GZIP-512-ZIP-7");
    assertThat(inner.codecPath()).isEqualTo("GZIP-512-ZIP-");
    assertThat(inner.decodedOffset()).isEqualTo(7);
    assertThat(inner.address()).isEqualTo(0x1000);
  }
}
