package io.pagestream.kernel.memory;

/**
 * A record of the kernel cannot be read: it is not in the image, or contradicts its own layout.
 * Always caught by the reader of the record, which reports what it gave up. Without a stack trace,
 * because damage and smear are ordinary.
 */
public final class DamagedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Damage.
   *
   * @param what what cannot be read, as a clause
   */
  public DamagedRecordException(String what) {
    super(what, null, false, false);
  }
}
