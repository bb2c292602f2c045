package io.pagestream.analyzers.eventlog;

import static io.pagestream.analyzers.records.RecordSamples.binary;
import static io.pagestream.analyzers.records.RecordSamples.damaged;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import io.pagestream.analyzers.records.RecordSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class EventLogAnalyzerTest extends AnalyzerContract {
  private static final byte[] LOG = RecordSamples.bytes("security.evtx.gz");
  private static final byte[] HEADER = Arrays.copyOf(LOG, 128);
  private static final byte[] CHUNK = Arrays.copyOfRange(LOG, 0x1000, 0x1200);
  private static final byte[] FIRST = Arrays.copyOfRange(LOG, 0x1200, 0x1200 + 2272);
  private static final byte[] SECOND = Arrays.copyOfRange(LOG, 0x1ae0, 0x1ae0 + 720);
  private static final String SOURCE = "Microsoft-Windows-Security-Auditing";

  @Override
  protected String analyzer() {
    return "event-log";
  }

  @Override
  protected List<Sample> samples() {
    byte[] notARecord = SECOND.clone();
    Arrays.fill(notARecord, 700, 720, (byte) 7);
    Arrays.fill(notARecord, 0x1c, 0x100, (byte) 7);
    return List.of(
        Sample.of("file header", HEADER, file("valid")),
        Sample.of("file header with another CRC-32", damaged(HEADER, 124), file("invalid")),
        Sample.of("chunk header", CHUNK, chunk("valid")),
        Sample.of("chunk header with another CRC-32", damaged(CHUNK, 124), chunk("invalid")),
        Sample.of("record with its template", FIRST, first()),
        Sample.of("record", SECOND, second(720, Map.of())),
        Sample.of(
            "record without its end",
            Arrays.copyOf(SECOND, 600),
            second(34, Map.of("cut", "true"))),
        Sample.of("record with another version of its file", damaged(HEADER, 38)),
        Sample.of("chunk with another header size", damaged(CHUNK, 40)),
        Sample.of("record with neither an end nor values", notARecord),
        Sample.of("record without a time", damaged(SECOND, 23)));
  }

  private static Found file(String checksum) {
    return binary(
        0,
        "evtx-file",
        128,
        "EVTX 3.1, 1 chunks, next record 8",
        Map.of(
            "chunks", "1",
            "first-chunk", "0",
            "last-chunk", "0",
            "next-record-id", "8",
            "version", "3.1",
            "checksum", checksum,
            "dirty", "false"));
  }

  private static Found chunk(String checksum) {
    return binary(
        0,
        "evtx-chunk",
        512,
        "EVTX chunk, records 1 to 7",
        Map.of(
            "first-record-id", "1",
            "last-record-id", "7",
            "first-record-number", "1",
            "last-record-number", "7",
            "checksum", checksum));
  }

  private static Found first() {
    return binary(
        0,
        "evtx-record",
        2272,
        SOURCE + " event 5152, record 1",
        Map.ofEntries(
            Map.entry("record-id", "1"),
            Map.entry("original-record-id", "319457771"),
            Map.entry("event-id", "5152"),
            Map.entry("template-id", "0x747f0c27"),
            Map.entry("level", "0"),
            Map.entry("provider", SOURCE),
            Map.entry("channel", "Security"),
            Map.entry("computer", "temporal"),
            Map.entry("process-id", "4"),
            Map.entry("thread-id", "80"),
            Map.entry("time", "2016-06-29T15:24:34.3460000Z"),
            Map.entry("written", "2016-06-29T15:24:34.3460000Z")));
  }

  private static Found second(int length, Map<String, String> more) {
    Map<String, String> attributes = new HashMap<>(more);
    attributes.putAll(
        Map.of(
            "record-id", "2",
            "original-record-id", "319457830",
            "event-id", "4611",
            "template-id", "0x747f0c27",
            "level", "0",
            "process-id", "768",
            "thread-id", "2764",
            "time", "2016-06-29T15:24:36.6860000Z",
            "written", "2016-06-29T15:24:36.6860000Z"));
    return binary(0, "evtx-record", length, "event 4611, record 2", attributes);
  }

  /** Columns of evtxexport: number, identifier, time. */
  @Test
  void findsTheEventsThatAnIndependentParserLists() {
    List<Found> records =
        RecordSamples.findings(EventLogAnalyzer::new, LOG).stream()
            .filter(found -> found.kind().equals("evtx-record"))
            .filter(found -> found.address() < 0x1000 + 0x2400)
            .toList();
    assertThat(records)
        .extracting(
            found -> found.attributes().get("record-id"),
            found -> found.attributes().get("event-id"),
            found -> found.attributes().get("written"))
        .containsExactly(
            row("1", "5152", "24:34.3460000Z"),
            row("2", "4611", "24:36.6860000Z"),
            row("3", "4776", "24:36.6860000Z"),
            row("4", "4625", "24:36.7172000Z"),
            row("5", "5152", "24:57.0908000Z"),
            row("6", "5157", "25:08.8220000Z"),
            row("7", "4673", "25:08.8220000Z"));
  }

  private static Tuple row(String number, String event, String time) {
    return Tuple.tuple(number, event, "2016-06-29T15:" + time);
  }

  @Test
  void verifiesTheRecordsOfAChunk() {
    assertThat(RecordSamples.findings(EventLogAnalyzer::new, LOG))
        .filteredOn(found -> found.kind().equals("evtx-chunk"))
        .singleElement()
        .satisfies(
            chunk -> assertThat(chunk.attributes()).containsEntry("records-checksum", "valid"));
  }
}
