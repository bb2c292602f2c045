package io.pagestream.cases.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.codec.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The result does not depend on the order and number of deliveries or the size of a chunk. */
final class FindingSorterPropertyTest {
  @Property(tries = 40)
  void whateverArrivesInWhateverOrderComesOutSortedAndOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 50) int chunkFindings)
      throws IOException {
    Random random = new Random(seed);
    Map<String, Finding> distinct = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String kind = random.nextBoolean() ? "email" : "url";
      Finding finding = SmallCase.finding(random.nextInt(100) * 64L, kind, "v");
      distinct.put(finding.getFindingId(), finding);
    }
    List<Finding> arriving = new ArrayList<>(distinct.values());
    distinct.values().stream().filter(f -> random.nextBoolean()).forEach(arriving::add);
    Collections.shuffle(arriving, random);

    List<String> expected =
        distinct.values().stream()
            .map(f ->
                "%012x %s %s"
                    .formatted(f.getLocation().getAddress(), f.getKind(), f.getFindingId()))
            .sorted()
            .toList();
    assertThat(sort(arriving, chunkFindings)).isEqualTo(expected);
  }

  private static List<String> sort(List<Finding> arriving, int chunkFindings) throws IOException {
    Path scratch = Files.createTempDirectory("sorter");
    RecordCodec<Finding> codec = new RecordCodec<>(Finding.class);
    List<String> lines = new ArrayList<>();
    try (FindingSorter sorter = new FindingSorter(scratch, 1, chunkFindings)) {
      for (Finding finding : arriving) {
        sorter.add(0, finding, codec.encode(finding));
      }
      SortedFindings sorted = sorter.sorted();
      sorted.forEach(f ->
          lines.add(
              "%012x %s %s"
                  .formatted(f.getLocation().getAddress(), f.getKind(), f.getFindingId())));
      assertThat(sorted.count()).isEqualTo(lines.size());
      assertThat(sorter.received()).isEqualTo(arriving.size());
    }
    assertThat(scratch).isEmptyDirectory();
    Files.delete(scratch);
    return lines;
  }
}
