package io.pagestream.analyzers.keys;

/** The purpose of a key schedule. */
enum ScheduleUse {
  /** FIPS 197, section 5.2: the rounds in order, the key first. */
  ENCRYPTION,

  /**
   * The equivalent inverse cipher of FIPS 197, section 5.3.5: the last round first, the columns of
   * all rounds but the first and the last transformed by InvMixColumns, the key's first words last.
   */
  DECRYPTION
}
