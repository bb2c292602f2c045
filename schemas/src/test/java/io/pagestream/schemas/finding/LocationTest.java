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
  void anAddressSpaceIsNamedByItsPageAlignedPageTable() {
    Location task = Location.virtual(0x601_0000, 0xffff_8d50_411f_0000L);
    assertThat(task).isEqualTo(new Location("0x6010000", 0xffff_8d50_411f_0000L, ""));
    assertThat(task.isPhysical()).isFalse();
    assertThat(task.isPossible()).isTrue();
    assertThat(new Location("0x6010010", 0x1000, "").isPossible()).isFalse();
    assertThat(new Location("0x06010000", 0x1000, "").isPossible()).isFalse();
    assertThat(new Location("0x10000000000000", 0x1000, "").isPossible()).isFalse();
    assertThat(new Location("kernel", 0x1000, "").isPossible()).isFalse();
  }

  @Test
  void aPhysicalAddressHas52Bits() {
    assertThat(Location.physical((1L << 52) - 1).isPossible()).isTrue();
    assertThat(Location.physical(1L << 52).isPossible()).isFalse();
    assertThat(Location.physical(-1).isPossible()).isFalse();
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
