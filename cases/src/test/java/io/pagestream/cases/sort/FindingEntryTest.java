package io.pagestream.cases.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.cases.finding.FindingColumn;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.Location;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Findings with virtual addresses are sorted as SQL sorts them: by signed address. */
class FindingEntryTest {
  private static FindingEntry entry(Location location) {
    Finding finding = FindingColumn.blank();
    finding.setFindingId("0".repeat(32));
    finding.setKind("process");
    finding.setLocation(location.record());
    return FindingEntry.of(0, finding, new byte[0]);
  }

  @Test
  void addressesOfAKernelComeFirst() {
    FindingEntry low = entry(Location.virtual(0x1000, 0xffff_8000_0000_0000L));
    FindingEntry high = entry(Location.virtual(0x1000, 0xffff_ffff_8100_0000L));
    FindingEntry physical = entry(Location.physical(0));
    assertThat(Stream.of(physical, high, low).sorted().toList())
        .isEqualTo(List.of(low, high, physical));
  }

  @Test
  void anImpossibleAddressIsRejected() {
    assertThatThrownBy(() -> entry(Location.physical(-1)))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("address");
    assertThatThrownBy(() -> entry(new Location("elsewhere", 0x1000, "")))
        .isInstanceOf(PagestreamException.class);
  }
}
