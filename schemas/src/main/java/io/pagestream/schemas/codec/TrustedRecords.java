package io.pagestream.schemas.codec;

import io.pagestream.schemas.avro.PageStreamRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro (since 1.12.2) instantiates only classes that it has been told to trust, even for a
 * generated record inside a generated record; otherwise it throws {@link SecurityException}. This
 * tells it of our generated package, in addition to what it trusts already. Code that builds
 * records before it makes its first {@link RecordCodec} must call {@link #trust()} first.
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
