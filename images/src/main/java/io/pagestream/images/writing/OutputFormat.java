package io.pagestream.images.writing;

/**
 * A format in which memory is written.
 *
 * @param name the name by which users choose it, for example {@code lime}
 * @param description the format in a few words, for the help text
 * @param losses what it cannot express
 */
public record OutputFormat(String name, String description, Losses losses) {}
