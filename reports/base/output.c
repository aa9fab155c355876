/* SPDX-License-Identifier: MIT */
#include "reports/base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/base/memory.h"

/* What an exit or a signal in the middle has to remove. */
static struct output *volatile unfinished;

static void remove_unfinished(void)
{
	struct output *out = unfinished;

	for (int i = 0; out != NULL && i < out->count; i++) {
		if (out->files[i].temporary != NULL)
			unlink(out->files[i].temporary);
	}
}

static void interrupted(int number)
{
	remove_unfinished();
	signal(number, SIG_DFL);
	raise(number);
}

static bool fail(struct output *out, const char *what)
{
	if (out->error[0] == 0)
		snprintf(out->error, sizeof(out->error), "%s: %s", what, strerror(errno));
	return false;
}

/* mkdir -p */
static bool make_folder(struct output *out, char *path)
{
	struct stat st;

	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (mkdir(path, 0777) != 0 && errno != EEXIST && stat(path, &st) != 0) {
			fail(out, path);
			*slash = '/';
			return false;
		}
		*slash = '/';
	}
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return fail(out, path);
	if (stat(path, &st) != 0)
		return fail(out, path);
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return fail(out, path);
	}
	return true;
}

bool output_begin(struct output *out, const char *folder)
{
	static bool once;

	memset(out, 0, sizeof(*out));
	if (!once) {
		atexit(remove_unfinished);
		once = true;
	}
	if (folder[0] == 0) {
		errno = ENOENT;
		return fail(out, "the output folder's name is empty");
	}
	out->folder = memory_get(strlen(folder) + 1, 1);
	memcpy(out->folder, folder, strlen(folder));
	if (!make_folder(out, out->folder)) {
		free(out->folder);
		out->folder = NULL;
		return false;
	}
	unfinished = out;
	signal(SIGINT, interrupted);
	signal(SIGTERM, interrupted);
	signal(SIGHUP, interrupted);
	return true;
}

FILE *output_file(struct output *out, const char *name)
{
	struct output_file *f;
	int fd;

	if (out->count == OUTPUT_FILES) {
		errno = EMFILE;
		fail(out, name);
		return NULL;
	}
	f = &out->files[out->count];
	if (asprintf(&f->final, "%s/%s", out->folder, name) < 0 ||
	    asprintf(&f->temporary, "%s/.%s.%ld.new", out->folder, name, (long)getpid()) < 0) {
		fail(out, name);
		return NULL;
	}
	fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 && errno == EEXIST && unlink(f->temporary) == 0)
		fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0) {
		fail(out, f->final);
		free(f->final);
		free(f->temporary);
		*f = (struct output_file){0};
		return NULL;
	}
	out->count++;
	f->stream = fdopen(fd, "w");
	if (f->stream == NULL) {
		fail(out, f->final);
		close(fd);
	}
	return f->stream;
}

/* Everything in the stream is on the disk, or out->error says why not. */
static bool close_file(struct output *out, struct output_file *f)
{
	bool good = true;

	if (f->stream == NULL)
		return false;
	/* A pipe or the like cannot be synced, and need not be. */
	if (fflush(f->stream) != 0 || ferror(f->stream) ||
	    (fsync(fileno(f->stream)) != 0 && errno != EINVAL))
		good = fail(out, f->final);
	if (fclose(f->stream) != 0)
		good = fail(out, f->final);
	f->stream = NULL;
	return good;
}

void output_abandon(struct output *out)
{
	remove_unfinished();
	unfinished = NULL;
	for (int i = 0; i < out->count; i++) {
		if (out->files[i].stream != NULL)
			fclose(out->files[i].stream);
		free(out->files[i].final);
		free(out->files[i].temporary);
	}
	free(out->folder);
	out->folder = NULL;
	out->count = 0;
}

bool output_commit(struct output *out)
{
	bool good = out->error[0] == 0;

	for (int i = 0; i < out->count && good; i++)
		good = close_file(out, &out->files[i]);
	for (int i = 0; i < out->count && good; i++) {
		if (rename(out->files[i].temporary, out->files[i].final) != 0)
			good = fail(out, out->files[i].final);
		else
			out->files[i].temporary[0] = 0;
	}
	output_abandon(out);
	return good;
}
