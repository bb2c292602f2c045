package io.pagestream.cases.verify;

import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.seal.ContentHash;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.cases.text.Quantities;

/** Compares the content of a file with its seal. */
final class FileCheck {
  private FileCheck() {}

  /** Reports whether the content matches the seal, and where it differs. */
  static boolean compare(SealedFile sealed, ContentHash.Hashed now, Report report) {
    ContentHash.Hashed expected = sealed.content();
    boolean sameSize = now.sizeBytes() == expected.sizeBytes();
    if (!sameSize) {
      report.differs(sealed.name(), CheckedCase.size(now.sizeBytes(), sealed));
    }
    long[] range = now.differsFrom(expected.blocks());
    if (now.sha256().equals(expected.sha256())) {
      if (range != null) {
        report.differs(
            sealed.name(), "has the sealed SHA-256 and other block sums: the seal was edited");
      }
      return sameSize && range == null;
    }
    report.differs(
        sealed.name(),
        "has the SHA-256 %s instead of %s%s"
            .formatted(now.sha256(), expected.sha256(), range == null ? "" : where(range)));
    return false;
  }

  private static String where(long[] range) {
    return "; content differs between offsets 0x%x and 0x%x".formatted(range[0], range[1]);
  }

  /** The result for a valid file, for display. */
  static String detail(SealedFile sealed) {
    return "%s, %s lines, SHA-256 %s"
        .formatted(
            Quantities.bytes(sealed.content().sizeBytes()),
            Quantities.count(sealed.lines()),
            sealed.content().sha256());
  }
}
