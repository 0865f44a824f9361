/*
 * keepmoving-chart - a drawing as a picture: SVG on stdin, PNG on stdout
 *
 * A program of its own, started for the review's mail alone: librsvg brings a
 * hundred megabytes of libraries, which no tick should load. Twice the size of
 * the drawing, for screens of today.
 */
#include <cairo.h>
#include <librsvg/rsvg.h>
#include <stdio.h>

#define SCALE 2.0
#define SIDE_MAX 4000.0 /* of the drawing, in its own units */

static cairo_status_t
put(void *arg, const unsigned char *bytes, unsigned int len)
{
	(void)arg;
	return fwrite(bytes, 1, len, stdout) == len ? CAIRO_STATUS_SUCCESS
						    : CAIRO_STATUS_WRITE_ERROR;
}

static int
fail(const char *what)
{
	fprintf(stderr, "keepmoving-chart: %s\n", what);
	return 1;
}

static RsvgHandle *
read_drawing(void)
{
	GInputStream *in = g_memory_input_stream_new();
	RsvgHandle *handle;
	char bytes[65536];
	size_t len;

	while ((len = fread(bytes, 1, sizeof bytes, stdin)) > 0)
		g_memory_input_stream_add_data(G_MEMORY_INPUT_STREAM(in),
		    g_memdup2(bytes, len), (gssize)len, g_free);
	handle = rsvg_handle_new_from_stream_sync(
	    in, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);
	g_object_unref(in);
	return handle;
}

static int
draw(RsvgHandle *handle, double width, double height)
{
	RsvgRectangle all = { 0, 0, width * SCALE, height * SCALE };
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_ARGB32, (int)all.width, (int)all.height);
	cairo_t *cairo = cairo_create(surface);
	int code = 0;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	if (!rsvg_handle_render_document(handle, cairo, &all, NULL))
		code = fail("this drawing can't be drawn");
	else if (cairo_surface_write_to_png_stream(surface, put, NULL) !=
		     CAIRO_STATUS_SUCCESS ||
		 fflush(stdout) != 0)
		code = fail("the picture can't be written");
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return code;
}

int
main(int argc, char **argv)
{
	RsvgHandle *handle;
	double width = 0, height = 0;
	int code;

	(void)argv;
	if (argc > 1)
		return fail(
		    "usage: keepmoving-chart <DRAWING.svg >PICTURE.png");
	handle = read_drawing();
	if (handle == NULL)
		return fail("this is no drawing in SVG");
	if (!rsvg_handle_get_intrinsic_size_in_pixels(
		handle, &width, &height) ||
	    width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX)
		code = fail("a drawing of no size, or too large a one");
	else
		code = draw(handle, width, height);
	g_object_unref(handle);
	return code;
}
