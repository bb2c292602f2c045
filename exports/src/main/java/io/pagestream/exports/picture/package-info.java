/**
 * The physical address space as a picture and as a line of text: what each stretch is, what the
 * image holds of it, which cache types its pages have, what was decided, where something was found.
 *
 * <pre>
 *  ranges, spans, findings ─► SpaceMap (pages by column, laid out by SpaceLayout) ─► MapPicture (PNG)
 *                                                                               └─► TextMap
 * </pre>
 */
@NullMarked
package io.pagestream.exports.picture;

import org.jspecify.annotations.NullMarked;
