package io.pagestream.findings.web.notes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.findings.casefolder.PrivateFiles;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What people add to a case, in {@code notes.json} beside it: a tag and a note for a finding, and
 * the terms to be alerted of. Kept in memory, and written whole on every change.
 */
public final class NoteFile {
  /** The file's name in the case folder. */
  public static final String FILE = "notes.json";

  /** Most findings with a tag or note. */
  public static final int MOST_NOTES = 10_000;

  /** Most characters of a note. */
  public static final int MOST_NOTE = 4000;

  /** Most characters of a tag or a term. */
  public static final int MOST_TAG = 64;

  /** Most terms to be alerted of. */
  public static final int MOST_ALERTS = 50;

  private static final long MOST_BYTES = 64 << 20;

  private final Path file;
  private final JsonMapper json = new JsonMapper();
  private final Map<String, Note> notes = new TreeMap<>();
  private List<String> alerts = List.of();

  /**
   * What is noted of a finding.
   *
   * @param tag a short word; may be empty
   * @param note text; may be empty
   */
  public record Note(String tag, String note) {
    /** Whether nothing is noted. */
    boolean isEmpty() {
      return tag.isEmpty() && note.isEmpty();
    }
  }

  private NoteFile(Path file) {
    this.file = file;
  }

  /**
   * Opens the notes of a folder; there need not be any.
   *
   * @throws PagestreamException {@link ErrorCode#SIDE_FILE_INVALID} if the file is not one of ours
   */
  public static NoteFile in(Path folder) {
    NoteFile opened = new NoteFile(folder.resolve(FILE));
    if (Files.isRegularFile(opened.file, LinkOption.NOFOLLOW_LINKS)) {
      opened.read();
    }
    return opened;
  }

  private void read() {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid("it is larger than 64 MiB");
      }
      JsonNode root = json.readTree(Files.readAllBytes(file));
      for (Map.Entry<String, JsonNode> entry : root.path("findings").properties()) {
        JsonNode note = entry.getValue();
        notes.put(entry.getKey(), new Note(note.path("tag").asText(), note.path("note").asText()));
      }
      TreeSet<String> terms = new TreeSet<>();
      root.path("alerts").forEach(term -> terms.add(term.asText().toLowerCase(Locale.ROOT)));
      alerts = terms.stream().limit(MOST_ALERTS).toList();
    } catch (JsonProcessingException e) {
      throw invalid("it is not JSON").causedBy(e);
    } catch (IOException e) {
      throw invalid("it cannot be read: " + e.getMessage()).causedBy(e);
    }
  }

  private PagestreamException invalid(String what) {
    return PagestreamException.inFile(
        ErrorCode.SIDE_FILE_INVALID, file.toString(), what, "repair it or take it away");
  }

  /** A finding's tag and note as fields of JSON; empty if it has none. */
  public synchronized Map<String, Object> of(String findingId) {
    Note note = notes.get(findingId);
    return note == null ? Map.of() : Map.of("tag", note.tag(), "note", note.note());
  }

  /** Ids of the findings with a tag; {@code *} stands for all that have a tag or a note. */
  public synchronized List<String> idsWith(String tag) {
    return notes.entrySet().stream()
        .filter(entry -> tag.equals("*") || entry.getValue().tag().equals(tag))
        .map(Map.Entry::getKey)
        .limit(1000)
        .toList();
  }

  /** The tags in use. */
  public synchronized List<String> tags() {
    return notes.values().stream()
        .map(Note::tag)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** Terms to be alerted of, in lower case. */
  public synchronized List<String> alerts() {
    return alerts;
  }

  /**
   * Notes something of a finding; an empty note takes away what there was.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there are too many, {@link
   *     ErrorCode#DISK_FULL} if the file cannot be written
   */
  public synchronized void put(String findingId, Note note) {
    if (note.isEmpty()) {
      notes.remove(findingId);
    } else if (notes.size() < MOST_NOTES || notes.containsKey(findingId)) {
      notes.put(findingId, note);
    } else {
      throw PagestreamException.of(
          ErrorCode.USAGE, "there are " + MOST_NOTES + " notes already", "take some away first");
    }
    write();
  }

  /** Replaces the terms to be alerted of. */
  public synchronized void alerts(List<String> terms) {
    alerts =
        List.copyOf(new TreeSet<>(terms.stream().map(t -> t.toLowerCase(Locale.ROOT)).toList()));
    write();
  }

  private void write() {
    ObjectNode root = json.createObjectNode();
    var terms = root.putArray("alerts");
    alerts.forEach(terms::add);
    ObjectNode findings = root.putObject("findings");
    notes.forEach(
        (id, note) -> findings.putObject(id).put("tag", note.tag()).put("note", note.note()));
    try {
      PrivateFiles.writeWhole(
          file, out -> out.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
    } catch (IOException e) {
      throw SystemFailure.writing(file.toString(), "the notes cannot be written", e);
    }
  }
}
