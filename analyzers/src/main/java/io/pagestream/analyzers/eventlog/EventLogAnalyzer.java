package io.pagestream.analyzers.eventlog;

import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.records.RecordAnalyzer;
import io.pagestream.analyzers.records.RecordFormat;
import java.util.List;

/**
 * Finds Windows event logs at any alignment: file headers, chunk headers, and each event record,
 * whether or not its chunk is intact.
 *
 * <ul>
 *   <li>{@code evtx-file}, high: sizes, version and CRC-32 of the header; medium if only the CRC-32
 *       is wrong.
 *   <li>{@code evtx-chunk}, high: sizes, order of the record numbers, CRC-32 of the header; medium
 *       if only the CRC-32 is wrong, as while a chunk is being written.
 *   <li>{@code evtx-record}, high: signature, time, beginning of the binary XML, and both copies of
 *       the size; medium if the second copy is not in place, but the event's own record id or time
 *       agrees with the record header. The ids differ in an exported log, where records are
 *       numbered again.
 * </ul>
 */
public final class EventLogAnalyzer extends RecordAnalyzer {
  /** The properties of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "event-log",
              "Windows event logs (EVTX): files, chunks, and single event records.",
              List.of(
                  FindingKind.proven(EvtxFile.KIND),
                  FindingKind.proven(EvtxChunk.KIND),
                  FindingKind.proven(EvtxRecord.KIND)),
              0,
              AnalyzerInfo.MAX_LOOK_AHEAD_BYTES,
              List.of())
          .searching(patterns(formats()));

  /** An instance for one thread; it has no options. */
  public EventLogAnalyzer(AnalyzerOptions unused) {
    super(INFO, formats());
  }

  private static List<RecordFormat> formats() {
    return List.of(EvtxFile.format(), EvtxChunk.format(), EvtxRecord.format());
  }
}
