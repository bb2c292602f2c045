/**
 * The memory map as a picture and as a line of text.
 *
 * <pre>
 *  MemoryMap over a SpaceLayout ─┬─► MapPicture ─► Canvas: PNG or SVG
 *                                └─► TextMap
 * </pre>
 */
@NullMarked
package io.pagestream.exports.picture;

import org.jspecify.annotations.NullMarked;
