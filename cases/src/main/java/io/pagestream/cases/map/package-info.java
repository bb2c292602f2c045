/**
 * The memory map: the kind of each stretch of physical memory, its content in the image, the cache
 * types of its pages, the verdicts, and the location of findings. All presentations share this
 * model.
 *
 * <pre>
 *  image  ─► ImageMap ─┐                                      ┌─► picture (PNG, SVG), text
 *  folder ─► CaseMap  ─┼─► MemoryMap (pages by cell and ink) ─┤
 *  store  ─► StoreMap ─┘     over SpaceLayout or CellGrid     └─► dashboard
 * </pre>
 */
@NullMarked
package io.pagestream.cases.map;

import org.jspecify.annotations.NullMarked;
