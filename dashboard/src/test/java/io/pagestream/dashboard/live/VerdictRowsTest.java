package io.pagestream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.SmallCase;
import io.pagestream.cases.verdicts.VerdictStore;
import io.pagestream.schemas.avro.ImageState;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.PageStreamRecord;
import io.pagestream.schemas.codec.RecordCodec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerdictRowsTest {
  @TempDir private Path temporary;

  @Test
  void whatIsLeftOutIsSaidWithTheAddressFromWhichItIs() {
    RecordCodec<PageStreamRecord> codec = new RecordCodec<>(PageStreamRecord.class);
    try (VerdictStore verdicts = new VerdictStore(temporary, "v")) {
      verdicts.manifest(SmallCase.manifest(ImageState.OPEN));
      for (PageRun run : SmallCase.verdicts()) {
        assertThat(verdicts.add(run, codec.encode(new PageStreamRecord(run)))).isTrue();
      }
      VerdictRows all = VerdictRows.of(verdicts, VerdictRows.MOST);
      assertThat(all.remark()).isNull();
      VerdictRows two = VerdictRows.of(verdicts, 2);
      assertThat(two.rows()).isEqualTo(all.rows().subList(0, 2));
      assertThat(two.left()).isEqualTo(all.rows().size() - 2L);
      String next = "0x" + Long.toHexString(all.rows().get(2).physicalAddress());
      assertThat(two.remark()).contains("from " + next + " on, %d spans".formatted(two.left()));
    }
  }
}
