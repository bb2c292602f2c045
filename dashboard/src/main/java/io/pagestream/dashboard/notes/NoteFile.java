package io.pagestream.dashboard.notes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagestream.cases.casefolder.PrivateFiles;
import io.pagestream.cases.seal.FileStamp;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The notes of users about a case, in {@code notes.json} in its folder: a tag and a note for a
 * finding, and the terms of the alert list. Kept in memory, and written completely on every change.
 */
public final class NoteFile {
  /** The file's name in the case folder. */
  public static final String FILE = "notes.json";

  /** Maximum number of findings with a tag or note. */
  public static final int MOST_NOTES = 10_000;

  /** Maximum number of characters of a note. */
  public static final int MOST_NOTE = 4000;

  /** Maximum number of characters of a tag or a term. */
  public static final int MOST_TAG = 64;

  /** Maximum number of terms in the alert list. */
  public static final int MOST_ALERTS = 50;

  private static final int MOST_BYTES = 64 << 20;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path file;
  private final JsonMapper json = new JsonMapper();
  private final Map<String, Note> notes = new TreeMap<>();
  private List<String> alerts = List.of();

  /**
   * The notes about a finding.
   *
   * @param tag a short word; may be empty
   * @param note text; may be empty
   */
  public record Note(String tag, String note) {
    /** Whether tag and note are empty. */
    boolean isEmpty() {
      return tag.isEmpty() && note.isEmpty();
    }
  }

  private NoteFile(Path file) {
    this.file = file;
  }

  /**
   * Opens the notes of a folder, which may not exist yet.
   *
   * @throws PagestreamException {@link ErrorCode#SIDE_FILE_INVALID} if the file is not a notes file
   */
  public static NoteFile in(Path folder) {
    NoteFile opened = new NoteFile(folder.resolve(FILE));
    if (FileStamp.of(opened.file).kind() != FileStamp.Kind.MISSING) {
      opened.read();
    }
    return opened;
  }

  private void read() {
    try (InputStream in = NoFollow.stream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw invalid("it is larger than 64 MiB");
      }
      JsonNode root = json.readTree(bytes);
      for (Map.Entry<String, JsonNode> entry : root.path("findings").properties()) {
        JsonNode note = entry.getValue();
        if (notes.size() < MOST_NOTES && ID.matcher(entry.getKey()).matches()) {
          notes.put(
              entry.getKey(),
              new Note(
                  bounded(note.path("tag").asText(), MOST_TAG),
                  bounded(note.path("note").asText(), MOST_NOTE)));
        }
      }
      TreeSet<String> terms = new TreeSet<>();
      for (JsonNode term : root.path("alerts")) {
        if (terms.size() < MOST_ALERTS) {
          terms.add(bounded(term.asText(), MOST_TAG).toLowerCase(Locale.ROOT));
        }
      }
      alerts = List.copyOf(terms);
    } catch (JsonProcessingException e) {
      throw invalid("it is not JSON").causedBy(e);
    } catch (IOException e) {
      throw invalid("it cannot be read: " + e.getMessage()).causedBy(e);
    }
  }

  /** The file is not trusted: texts longer than the limits are cut. */
  private static String bounded(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private PagestreamException invalid(String what) {
    return PagestreamException.inFile(
        ErrorCode.SIDE_FILE_INVALID, file.toString(), what, "repair or remove it");
  }

  /** A finding's tag and note as fields of JSON; empty if it has none. */
  public synchronized Map<String, Object> of(String findingId) {
    Note note = notes.get(findingId);
    return note == null ? Map.of() : Map.of("tag", note.tag(), "note", note.note());
  }

  /** Ids of the findings with a tag; {@code *} means every finding with a tag or a note. */
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

  /** The terms of the alert list, in lower case. */
  public synchronized List<String> alerts() {
    return alerts;
  }

  /**
   * Sets the note of a finding; an empty note removes the previous one.
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
          ErrorCode.USAGE, "there are already " + MOST_NOTES + " notes", "remove some first");
    }
    write();
  }

  /** Replaces the alert list. */
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
