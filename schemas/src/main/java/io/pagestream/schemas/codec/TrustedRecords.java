package io.pagestream.schemas.codec;

import io.pagestream.schemas.avro.PageStreamRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro (since 1.12.2) instantiates only trusted classes, even for a generated record inside a
 * generated record; otherwise it throws {@link SecurityException}. This class adds the generated
 * package to the trusted packages. Code that builds records before it creates its first {@link
 * RecordCodec} must call {@link #trust()} first.
 */
public final class TrustedRecords {
  static {
    String ours = PageStreamRecord.class.getPackageName();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(ours)));
  }

  private TrustedRecords() {}

  /** Makes sure that our generated records are trusted; costs nothing the second time. */
  public static void trust() {
    // Loading this class has done it.
  }
}
