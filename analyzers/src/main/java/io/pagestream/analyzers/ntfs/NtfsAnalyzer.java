package io.pagestream.analyzers.ntfs;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;

/**
 * Finds records of NTFS at any alignment. Records of several sectors have an update sequence: the
 * last two bytes of each sector are replaced by a number on disk, and restored in the cache of
 * Windows. Both forms are verified and accepted ({@link UpdateSequence}).
 *
 * <ul>
 *   <li>{@code mft-entry}, high: the update sequence, and a chain of attributes that ends where the
 *       header says; medium for an entry without a name, and for one with a name in which a sector
 *       is not of this entry.
 *   <li>{@code indx-record}, high: the update sequence, and a chain of index entries.
 *   <li>{@code usn-record}, medium: version, lengths, time, reasons, and the characters of the
 *       name.
 *   <li>{@code logfile-page}, high: the update sequence and the header's constants.
 * </ul>
 */
public final class NtfsAnalyzer extends RecordAnalyzer {
  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "ntfs",
              "NTFS: MFT entries, index records, change journal records, log pages.",
              List.of(
                  FindingKind.proven(MftEntry.KIND),
                  FindingKind.proven(IndexRecord.KIND),
                  FindingKind.checked(UsnRecord.KIND),
                  FindingKind.proven(LogPage.KIND)),
              0,
              UpdateSequence.MAX_RECORD,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public NtfsAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<RecordFormat> formats() {
    return List.of(
        MftEntry.format(),
        IndexRecord.format(),
        UsnRecord.format(UsnRecord.VERSION_2),
        UsnRecord.format(UsnRecord.VERSION_3),
        LogPage.records(),
        LogPage.restart());
  }
}
