"""Create products and their read model."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA catalog")

    op.execute(
        """
        CREATE TABLE catalog.brands (
            id UUID NOT NULL,
            slug VARCHAR NOT NULL,
            name VARCHAR NOT NULL,
            description VARCHAR DEFAULT '' NOT NULL,
            version INTEGER DEFAULT 1 NOT NULL,
            CONSTRAINT brands_pkey PRIMARY KEY (id),
            CONSTRAINT brands_slug_key UNIQUE (slug)
        )
        """
    )
    op.execute("CREATE INDEX brands_by_name ON catalog.brands (name, id)")
    op.execute(
        """
        CREATE TABLE catalog.categories (
            id UUID NOT NULL,
            parent_id UUID,
            slug VARCHAR NOT NULL,
            name VARCHAR NOT NULL,
            description VARCHAR DEFAULT '' NOT NULL,
            position INTEGER DEFAULT 0 NOT NULL,
            is_active BOOLEAN DEFAULT true NOT NULL,
            ancestor_ids UUID[] NOT NULL,
            version INTEGER DEFAULT 1 NOT NULL,
            CONSTRAINT categories_pkey PRIMARY KEY (id),
            CONSTRAINT categories_no_cycle_check CHECK (id <> all (ancestor_ids)),
            CONSTRAINT categories_path_check CHECK (parent_id is not distinct from ancestor_ids[cardinality(ancestor_ids)]),
            CONSTRAINT categories_parent_id_fkey FOREIGN KEY(parent_id) REFERENCES catalog.categories (id),
            CONSTRAINT categories_slug_key UNIQUE (slug)
        )
        """
    )
    op.execute("CREATE INDEX categories_by_ancestor ON catalog.categories USING gin (ancestor_ids)")
    op.execute("CREATE INDEX categories_by_parent ON catalog.categories (parent_id)")
    op.execute(
        """
        CREATE TABLE catalog.products (
            id UUID NOT NULL,
            slug VARCHAR NOT NULL,
            title VARCHAR NOT NULL,
            description VARCHAR DEFAULT '' NOT NULL,
            status VARCHAR(32) DEFAULT 'draft' NOT NULL,
            brand_id UUID,
            tags TEXT[] DEFAULT '{}' NOT NULL,
            options JSONB DEFAULT '[]' NOT NULL,
            seo_title VARCHAR,
            seo_description VARCHAR,
            published_at TIMESTAMP WITH TIME ZONE,
            popularity BIGINT DEFAULT 0 NOT NULL,
            version INTEGER DEFAULT 1 NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT products_pkey PRIMARY KEY (id),
            CONSTRAINT products_slug_key UNIQUE (slug),
            CONSTRAINT products_productstatus_check CHECK (status IN ('draft', 'active', 'archived')),
            CONSTRAINT products_brand_id_fkey FOREIGN KEY(brand_id) REFERENCES catalog.brands (id)
        )
        """
    )
    op.execute("CREATE INDEX products_by_brand ON catalog.products (brand_id)")
    op.execute("CREATE INDEX products_by_status ON catalog.products (status, id)")
    op.execute(
        """
        CREATE TABLE catalog.images (
            id UUID NOT NULL,
            product_id UUID NOT NULL,
            position INTEGER NOT NULL,
            alt VARCHAR DEFAULT '' NOT NULL,
            digest VARCHAR NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            source VARCHAR,
            CONSTRAINT images_pkey PRIMARY KEY (id),
            CONSTRAINT images_once_per_product UNIQUE (product_id, digest),
            CONSTRAINT images_has_size_check CHECK (width > 0 and height > 0),
            CONSTRAINT images_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        """
        CREATE TABLE catalog.listings (
            currency VARCHAR NOT NULL,
            product_id UUID NOT NULL,
            slug VARCHAR NOT NULL,
            title VARCHAR NOT NULL,
            sort_name TEXT COLLATE "C" NOT NULL,
            brand_id UUID,
            brand_slug VARCHAR,
            category_ids UUID[] NOT NULL,
            price BIGINT NOT NULL,
            price_max BIGINT NOT NULL,
            compare_at BIGINT,
            on_sale BOOLEAN NOT NULL,
            in_stock BOOLEAN NOT NULL,
            rating NUMERIC(3, 2),
            review_count INTEGER DEFAULT 0 NOT NULL,
            popularity BIGINT NOT NULL,
            published_at TIMESTAMP WITH TIME ZONE NOT NULL,
            attrs TEXT[] NOT NULL,
            tags TEXT[] NOT NULL,
            document TSVECTOR NOT NULL,
            card VARCHAR NOT NULL,
            CONSTRAINT listings_pkey PRIMARY KEY (currency, product_id),
            CONSTRAINT listings_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX listings_by_attr ON catalog.listings USING gin (attrs)")
    op.execute(
        "CREATE INDEX listings_by_brand ON catalog.listings (currency, brand_id, published_at DESC, product_id DESC)"
    )
    op.execute("CREATE INDEX listings_by_category ON catalog.listings USING gin (category_ids)")
    op.execute(
        "CREATE INDEX listings_by_name ON catalog.listings (currency, sort_name, product_id)"
    )
    op.execute(
        "CREATE INDEX listings_by_popularity ON catalog.listings (currency, popularity DESC, product_id DESC)"
    )
    op.execute("CREATE INDEX listings_by_price ON catalog.listings (currency, price, product_id)")
    op.execute("CREATE INDEX listings_by_product ON catalog.listings (product_id)")
    op.execute(
        "CREATE INDEX listings_by_rating ON catalog.listings (currency, rating DESC NULLS LAST, product_id DESC)"
    )
    op.execute("CREATE INDEX listings_by_word ON catalog.listings USING gin (document)")
    op.execute(
        "CREATE INDEX listings_newest ON catalog.listings (currency, published_at DESC, product_id DESC)"
    )
    op.execute(
        """
        CREATE TABLE catalog.pages (
            product_id UUID NOT NULL,
            currency VARCHAR NOT NULL,
            slug VARCHAR NOT NULL,
            version INTEGER NOT NULL,
            body VARCHAR NOT NULL,
            CONSTRAINT pages_pkey PRIMARY KEY (product_id, currency),
            CONSTRAINT pages_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        """
        CREATE TABLE catalog.product_categories (
            product_id UUID NOT NULL,
            category_id UUID NOT NULL,
            CONSTRAINT product_categories_pkey PRIMARY KEY (product_id, category_id),
            CONSTRAINT product_categories_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE,
            CONSTRAINT product_categories_category_id_fkey FOREIGN KEY(category_id) REFERENCES catalog.categories (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        "CREATE INDEX product_categories_by_category ON catalog.product_categories (category_id)"
    )
    op.execute(
        """
        CREATE TABLE catalog.slug_redirects (
            slug VARCHAR NOT NULL,
            product_id UUID NOT NULL,
            CONSTRAINT slug_redirects_pkey PRIMARY KEY (slug),
            CONSTRAINT slug_redirects_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX slug_redirects_by_product ON catalog.slug_redirects (product_id)")
    op.execute(
        """
        CREATE TABLE catalog.variants (
            id UUID NOT NULL,
            product_id UUID NOT NULL,
            sku VARCHAR NOT NULL,
            title VARCHAR NOT NULL,
            options JSONB DEFAULT '{}' NOT NULL,
            position INTEGER NOT NULL,
            weight_g INTEGER,
            barcode VARCHAR,
            taxable BOOLEAN DEFAULT true NOT NULL,
            in_stock BOOLEAN DEFAULT false NOT NULL,
            was_ordered BOOLEAN DEFAULT false NOT NULL,
            archived_at TIMESTAMP WITH TIME ZONE,
            image_id UUID,
            version INTEGER DEFAULT 1 NOT NULL,
            CONSTRAINT variants_pkey PRIMARY KEY (id),
            CONSTRAINT variants_sku_key UNIQUE (sku) DEFERRABLE INITIALLY IMMEDIATE,
            CONSTRAINT variants_weight_not_negative_check CHECK (weight_g >= 0),
            CONSTRAINT variants_product_id_fkey FOREIGN KEY(product_id) REFERENCES catalog.products (id) ON DELETE CASCADE,
            CONSTRAINT variants_image_id_fkey FOREIGN KEY(image_id) REFERENCES catalog.images (id) ON DELETE SET NULL
        )
        """
    )
    op.execute(
        "CREATE INDEX variants_by_image ON catalog.variants (image_id) WHERE image_id is not null"
    )
    op.execute("CREATE INDEX variants_by_product ON catalog.variants (product_id, position)")
    op.execute(
        """
        CREATE TABLE catalog.prices (
            variant_id UUID NOT NULL,
            currency VARCHAR NOT NULL,
            amount BIGINT NOT NULL,
            compare_at BIGINT,
            CONSTRAINT prices_pkey PRIMARY KEY (variant_id, currency),
            CONSTRAINT prices_amount_not_negative_check CHECK (amount >= 0),
            CONSTRAINT prices_compare_at_not_negative_check CHECK (compare_at >= 0),
            CONSTRAINT prices_variant_id_fkey FOREIGN KEY(variant_id) REFERENCES catalog.variants (id) ON DELETE CASCADE
        )
        """
    )
    # by hand
    # Words without case, accents and punctuation ("Crème—Brûlée" is "creme brulee"), for search;
    # needs no extension. Punctuation goes, because the parser of documents takes the dashes and
    # quotes outside ASCII for letters, and "usb/hdmi" for a file.
    op.execute(
        r"""
        CREATE FUNCTION catalog.fold(words text) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN lower(regexp_replace(
            regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f\ufe30-\ufe4f]+',
            ' ', 'g'))
        """
    )
    # end by hand


def downgrade() -> None:
    op.execute("DROP SCHEMA catalog CASCADE")
