package io.pagestream.dashboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags, notes and the alert list: the only requests that change anything. */
public final class NotesApi {
  private final NoteFile notes;

  /** Keeps them in a file. */
  public NotesApi(NoteFile notes) {
    this.notes = notes;
  }

  /** {@code GET /api/notes}: the tags in use and the alert list. */
  public void all(Context context) {
    Json.send(context, Map.of("tags", notes.tags(), "alerts", notes.alerts()));
  }

  /** {@code PUT /api/notes/{id}} with {@code {"tag": …, "note": …}}. */
  public void put(Context context) {
    String id = Asked.requireId("the finding's id", context.pathParam("id"));
    JsonNode body = Json.body(context);
    NoteFile.Note note =
        new NoteFile.Note(
            text(body, "tag", NoteFile.MOST_TAG), text(body, "note", NoteFile.MOST_NOTE));
    notes.put(id, note);
    Json.send(context, Map.of("tag", note.tag(), "note", note.note()));
  }

  /** {@code PUT /api/alerts} with {@code {"alerts": [term, …]}}. */
  public void alerts(Context context) {
    JsonNode given = Json.body(context).path("alerts");
    if (!given.isArray() || given.size() > NoteFile.MOST_ALERTS) {
      throw new BadQuestion("alerts must be a list of at most " + NoteFile.MOST_ALERTS + " terms");
    }
    List<String> terms = new ArrayList<>();
    for (JsonNode term : given) {
      if (!term.isTextual() || term.asText().length() > NoteFile.MOST_TAG) {
        throw new BadQuestion("a term may have at most " + NoteFile.MOST_TAG + " characters");
      }
      if (!term.asText().isBlank()) {
        terms.add(term.asText().strip());
      }
    }
    notes.alerts(terms);
    all(context);
  }

  private static String text(JsonNode body, String field, int most) {
    JsonNode value = body.path(field);
    if (value.isMissingNode()) {
      return "";
    }
    if (!value.isTextual() || value.asText().length() > most) {
      throw new BadQuestion(field + " must be a text of at most " + most + " characters");
    }
    return value.asText().strip();
  }
}
