package io.pagestream.schemas.memorytype;

import io.pagestream.schemas.avro.CacheType;

/**
 * The processor's encoding of memory types (Intel SDM vol. 3A, 11.5.2 and table 11-10): in MTRRs
 * and in the PAT's entries, where 7, UC-, exists only in the PAT.
 */
public final class TypeCode {
  private TypeCode() {}

  /** The type of an MTRR code; UNKNOWN for a reserved code. */
  public static CacheType ofMtrr(int code) {
    return code == 7 ? CacheType.UNKNOWN : ofPat(code);
  }

  /** The type of a PAT code; UNKNOWN for a reserved code. */
  public static CacheType ofPat(int code) {
    return switch (code) {
      case 0 -> CacheType.UNCACHED;
      case 1 -> CacheType.WRITE_COMBINING;
      case 4 -> CacheType.WRITE_THROUGH;
      case 5 -> CacheType.WRITE_PROTECTED;
      case 6 -> CacheType.WRITE_BACK;
      case 7 -> CacheType.UNCACHED_MINUS;
      default -> CacheType.UNKNOWN;
    };
  }
}
