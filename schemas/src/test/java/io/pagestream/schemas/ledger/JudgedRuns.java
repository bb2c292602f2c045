package io.pagestream.schemas.ledger;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.avro.VerdictSpan;
import io.pagestream.schemas.page.PageBitmap;
import java.nio.ByteBuffer;

/** Parts of judged runs. */
final class JudgedRuns {
  private JudgedRuns() {}

  static VerdictSpan span(int first, int count, VerdictKind verdict, int row, String reason) {
    return VerdictSpan.newBuilder()
        .setFirstPage(first)
        .setPageCount(count)
        .setVerdict(verdict)
        .setRow(row)
        .setProfile("windows")
        .setReason(reason)
        .setRequested(CacheType.WRITE_BACK)
        .setEstablished(CacheType.WRITE_BACK)
        .setGranted(CacheType.WRITE_BACK)
        .setRangeKind(RangeKind.RAM)
        .setProvenance(RangeProvenance.CONTAINER)
        .build();
  }

  static ByteBuffer bitmap(int... pages) {
    ByteBuffer bitmap = PageBitmap.allocate(32);
    for (int page : pages) {
      PageBitmap.set(bitmap, page);
    }
    return bitmap;
  }
}
