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

  /** Makes generated records trusted; repeated calls cost nothing. */
  public static void trust() {
    // Done when this class was loaded.
  }
}
