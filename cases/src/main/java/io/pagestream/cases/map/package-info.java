/**
 * The memory map: what each stretch of physical memory is, what the image holds of it, which cache
 * types its pages have, what was decided, where something was found. One model for every way to
 * show it.
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
