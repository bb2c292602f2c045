/**
 * The {@code documents} and {@code json} analyzers: contacts (vCard), placemarks (KML), positions
 * and objects of JSON.
 */
@NullMarked
package io.pagestream.analyzers.documents;

import org.jspecify.annotations.NullMarked;
