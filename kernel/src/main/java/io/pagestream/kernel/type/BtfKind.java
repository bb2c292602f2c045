package io.pagestream.kernel.type;

/** Kinds of BTF types, in the order of their numbers (Linux, include/uapi/linux/btf.h). */
enum BtfKind {
  VOID(0, 0),
  INT(4, 0),
  PTR(0, 0),
  ARRAY(12, 0),
  STRUCT(0, 12),
  UNION(0, 12),
  ENUM(0, 8),
  FWD(0, 0),
  TYPEDEF(0, 0),
  VOLATILE(0, 0),
  CONST(0, 0),
  RESTRICT(0, 0),
  FUNC(0, 0),
  FUNC_PROTO(0, 8),
  VAR(4, 0),
  DATASEC(0, 12),
  FLOAT(0, 0),
  DECL_TAG(4, 0),
  TYPE_TAG(0, 0),
  ENUM64(0, 12);

  private static final BtfKind[] ALL = values();

  private final int extra;
  private final int each;

  BtfKind(int extra, int each) {
    this.extra = extra;
    this.each = each;
  }

  /** The kind in an info word, or null if its number is unknown. */
  static @org.jspecify.annotations.Nullable BtfKind of(int info) {
    int number = (info >>> 24) & 0x7f;
    return number < ALL.length ? ALL[number] : null;
  }

  /** Bytes after the common part of 12. */
  long bytesAfter(int members) {
    return extra + (long) each * members;
  }

  /** Whether a type only gives another one a name or a qualifier. */
  boolean isAlias() {
    return switch (this) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
      default -> false;
    };
  }
}
